import type { AppManifestInput } from '@objectstack/spec/system';
import { invoice, invoicing1, item } from './invoicing-1.js';

/** Adds a due date and requires a newer version of contacts. */
export const invoicing2 = {
  ...invoicing1,
  version: '1.1.0',
  dependencies: [{ appId: 'contacts', range: '^1.1.0' }],
  objects: [
    { ...invoice, fields: { ...invoice.fields, due_on: { type: 'date', label: 'Due on' } } },
    { ...item, fields: { ...item.fields, quantity: { type: 'number', label: 'Quantity', defaultValue: 1 } } },
  ],
} satisfies AppManifestInput;
