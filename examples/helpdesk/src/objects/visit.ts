import { defineObject } from '@objectstack/spec/data';

export const visit = defineObject({
  name: 'visit',
  label: 'Visit',
  pluralLabel: 'Visits',
  description: 'A visit of a technician to a machine, in the workshop or on site.',
  displayNameField: 'sheet',
  fields: {
    sheet: { type: 'text', label: 'Work sheet', required: true, unique: true, maxLength: 20 },
    ticket: {
      type: 'master_detail',
      label: 'Ticket',
      reference: 'ticket',
      required: true,
      deleteBehavior: 'cascade',
    },
    sequence: { type: 'number', label: 'Visit number', required: true, min: 1 },
    technician: {
      type: 'lookup',
      label: 'Technician',
      reference: 'technician',
      required: true,
      deleteBehavior: 'restrict',
    },
    arrived_at: { type: 'datetime', label: 'Arrived at', required: true },
    left_at: { type: 'datetime', label: 'Left at' },
    hours: { type: 'number', label: 'Hours worked', min: 0, max: 24 },
    travel_km: { type: 'number', label: 'Travel in km', min: 0 },
    progress: { type: 'progress', label: 'Repaired', min: 0, max: 100 },
    on_site: { type: 'boolean', label: 'On site', required: true, defaultValue: true },
    report: { type: 'markdown', label: 'Report' },
    signed: { type: 'boolean', label: 'Signed by the customer', defaultValue: false },
  },
  indexes: [{ fields: ['ticket', 'sequence'], unique: true }, { fields: ['technician', 'arrived_at'] }],
});
