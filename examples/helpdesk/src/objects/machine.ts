import { defineObject } from '@objectstack/spec/data';
import { choices } from './choices.js';

export const machine = defineObject({
  name: 'machine',
  label: 'Machine',
  pluralLabel: 'Machines',
  description: "A machine of the rental fleet, or a customer's machine in repair.",
  displayNameField: 'serial_number',
  fields: {
    serial_number: {
      type: 'text',
      label: 'Serial number',
      required: true,
      unique: true,
      caseSensitive: false,
      storage: { notNull: true },
    },
    manufacturer: { type: 'text', label: 'Manufacturer', required: true, maxLength: 60 },
    model: { type: 'text', label: 'Model', required: true, maxLength: 60 },
    category: {
      type: 'lookup',
      label: 'Category',
      reference: 'category',
      required: true,
      deleteBehavior: 'restrict',
    },
    branch: { type: 'lookup', label: 'Branch', reference: 'branch', deleteBehavior: 'restrict' },
    owner: { type: 'lookup', label: 'Owner, if not ours', reference: 'customer', deleteBehavior: 'set_null' },
    status: {
      type: 'select',
      label: 'Status',
      required: true,
      defaultValue: 'available',
      options: choices({
        available: 'Available',
        rented: 'Rented out',
        workshop: 'In the workshop',
        customer: 'At its owner',
        sold: 'Sold',
      }),
    },
    daily_rate: { type: 'currency', label: 'Daily rate', min: 0 },
    hour_meter: { type: 'number', label: 'Operating hours', min: 0, defaultValue: 0 },
    bought_on: { type: 'date', label: 'Bought on' },
    condition: { type: 'rating', label: 'Condition', min: 1, max: 5, maxRating: 5 },
    tank: { type: 'slider', label: 'Fuel or charge', min: 0, max: 100, defaultValue: 100 },
    position: { type: 'location', label: 'Last known position' },
    specification: { type: 'json', label: 'Specification' },
    manual: { type: 'url', label: 'Manual' },
  },
  indexes: [{ fields: ['branch', 'status'] }, { fields: ['category'] }],
});
