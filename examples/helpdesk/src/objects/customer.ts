import { defineObject } from '@objectstack/spec/data';
import { choices } from './choices.js';

export const customer = defineObject({
  name: 'customer',
  label: 'Customer',
  pluralLabel: 'Customers',
  description: 'A company or person that rents machines or has them repaired.',
  fields: {
    number: { type: 'autonumber', label: 'Number', format: 'C-{0000}', unique: true, externalId: true },
    name: { type: 'text', label: 'Name', required: true, maxLength: 120 },
    tax_id: { type: 'text', label: 'Tax number', unique: true, caseSensitive: false, maxLength: 20 },
    segment: {
      type: 'select',
      label: 'Segment',
      required: true,
      defaultValue: 'trade',
      options: choices({ trade: 'Trade', municipal: 'Municipal', farm: 'Farm', private: 'Private' }),
    },
    home_branch: { type: 'lookup', label: 'Home branch', reference: 'branch', deleteBehavior: 'set_null' },
    parent: { type: 'lookup', label: 'Belongs to', reference: 'customer', deleteBehavior: 'set_null' },
    email: { type: 'email', label: 'Invoices to' },
    phone: { type: 'phone', label: 'Phone' },
    website: { type: 'url', label: 'Website' },
    billing_address: { type: 'address', label: 'Billing address' },
    credit_limit: { type: 'currency', label: 'Credit limit', min: 0, defaultValue: 2000 },
    discount: { type: 'percent', label: 'Discount', min: 0, max: 30, defaultValue: 0 },
    customer_since: { type: 'date', label: 'Customer since', defaultValue: 'TODAY()' },
    blocked: { type: 'boolean', label: 'Blocked', required: true, defaultValue: false },
    keywords: { type: 'tags', label: 'Keywords' },
    notes: { type: 'markdown', label: 'Notes' },
  },
  indexes: [{ fields: ['home_branch', 'segment'] }],
  validations: [
    {
      name: 'one_name_per_branch',
      type: 'unique',
      fields: ['name', 'home_branch'],
      caseSensitive: false,
      message: 'This branch already has a customer with that name.',
    },
  ],
});
