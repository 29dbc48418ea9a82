import { defineObject } from '@objectstack/spec/data';
import { ticket } from '../ticket.js';

export const ticketWithInspection = defineObject({
  ...ticket,
  fields: {
    ...ticket.fields,
    inspection: {
      type: 'lookup',
      label: 'Found in inspection',
      reference: 'inspection',
      deleteBehavior: 'set_null',
      index: true,
    },
    promised_at: { type: 'datetime', label: 'Promised for' },
  },
  indexes: [...ticket.indexes, { fields: ['status', 'priority', 'due_on'] }],
});
