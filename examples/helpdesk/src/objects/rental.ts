import { defineObject } from '@objectstack/spec/data';
import { choices } from './choices.js';

export const rental = defineObject({
  name: 'rental',
  label: 'Rental',
  pluralLabel: 'Rentals',
  description: 'Rental of a machine to a customer for several days.',
  displayNameField: 'number',
  fields: {
    number: { type: 'autonumber', label: 'Number', format: 'R-{00000}', unique: true },
    customer: {
      type: 'lookup',
      label: 'Customer',
      reference: 'customer',
      required: true,
      deleteBehavior: 'restrict',
    },
    machine: {
      type: 'lookup',
      label: 'Machine',
      reference: 'machine',
      required: true,
      deleteBehavior: 'restrict',
    },
    status: {
      type: 'select',
      label: 'Status',
      required: true,
      defaultValue: 'booked',
      options: choices({ booked: 'Booked', out: 'Out', returned: 'Returned', canceled: 'Canceled' }),
    },
    starts_on: { type: 'date', label: 'From', required: true },
    ends_on: { type: 'date', label: 'To', required: true },
    returned_at: { type: 'datetime', label: 'Came back at' },
    daily_rate: { type: 'currency', label: 'Daily rate', required: true, min: 0 },
    discount: { type: 'percent', label: 'Discount', min: 0, max: 30, defaultValue: 0 },
    deposit: { type: 'currency', label: 'Deposit', min: 0 },
    total: {
      type: 'formula',
      label: 'Total',
      expression: 'days(starts_on, ends_on) * daily_rate * (1 - discount / 100)',
    },
    extras: {
      type: 'checkboxes',
      label: 'Extras',
      options: choices({
        delivery: 'Delivery',
        insurance: 'Insurance',
        operator: 'Operator',
        bucket: 'Extra bucket',
      }),
    },
    site: { type: 'address', label: 'Building site' },
    booked_by: { type: 'text', label: 'Booked by', defaultValue: '$currentUser' },
  },
  indexes: [{ fields: ['machine', 'starts_on'], unique: true }, { fields: ['status', 'ends_on'] }],
});
