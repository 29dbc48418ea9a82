import type { ObjectDefinition } from '@objectstack/spec/data';
import type { AppManifestInput } from '@objectstack/spec/system';

export const invoice = {
  name: 'invoicing__invoice',
  label: 'Invoice',
  fields: {
    number: { type: 'autonumber', label: 'Number', format: 'INV-{0000}', unique: true },
    company: { type: 'lookup', reference: 'contacts__company', label: 'Company', required: true },
    issued_on: { type: 'date', label: 'Issued on', defaultValue: 'TODAY()' },
    status: {
      type: 'select',
      label: 'Status',
      defaultValue: 'draft',
      options: [
        { value: 'draft', label: 'Draft' },
        { value: 'sent', label: 'Sent' },
        { value: 'paid', label: 'Paid' },
      ],
    },
  },
} satisfies ObjectDefinition;

export const item = {
  name: 'invoicing__item',
  label: 'Item',
  fields: {
    invoice: { type: 'master_detail', reference: 'invoicing__invoice', label: 'Invoice' },
    description: { type: 'text', label: 'Description', required: true },
    amount: { type: 'currency', label: 'Amount', min: 0 },
  },
} satisfies ObjectDefinition;

/** Invoices to companies of the app contacts, with their items. */
export const invoicing1 = {
  name: 'invoicing',
  namespace: 'invoicing',
  label: 'Invoicing',
  version: '1.0.0',
  dependencies: [{ appId: 'contacts', range: '^1.0.0' }],
  objects: [invoice, item],
  objectExtensions: [
    { extend: 'project', fields: { invoicing__rate: { type: 'currency', label: 'Hourly rate', min: 0 } } },
  ],
  views: [
    {
      name: 'invoicing__open',
      label: 'Open invoices',
      object: 'invoicing__invoice',
      list: { type: 'grid', columns: ['number', 'company', 'status'] },
    },
  ],
  settings: {
    currency: { type: 'text', label: 'Currency', default: 'EUR' },
    payment_key: { type: 'text', label: 'Key of the payment provider', secret: true, required: true },
  },
} satisfies AppManifestInput;
