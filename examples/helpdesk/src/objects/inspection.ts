import { defineObject } from '@objectstack/spec/data';
import { choices } from './choices.js';

export const inspection = defineObject({
  name: 'inspection',
  label: 'Safety inspection',
  pluralLabel: 'Safety inspections',
  description: 'Annual safety inspection required by law.',
  displayNameField: 'certificate',
  fields: {
    certificate: { type: 'autonumber', label: 'Certificate', format: 'S-{0000}', unique: true },
    machine: {
      type: 'lookup',
      label: 'Machine',
      reference: 'machine',
      required: true,
      deleteBehavior: 'restrict',
    },
    inspector: {
      type: 'lookup',
      label: 'Inspector',
      reference: 'technician',
      required: true,
      deleteBehavior: 'restrict',
    },
    billed_to: { type: 'lookup', label: 'Billed to', reference: 'customer', deleteBehavior: 'set_null' },
    previous: { type: 'lookup', label: 'Previous', reference: 'inspection', deleteBehavior: 'set_null' },
    inspected_on: { type: 'date', label: 'Inspected on', required: true, defaultValue: 'TODAY()' },
    valid_until: { type: 'date', label: 'Valid until' },
    result: {
      type: 'select',
      label: 'Result',
      required: true,
      options: choices({ passed: 'Passed', defects: 'Passed with defects', failed: 'Failed' }),
    },
    fee: { type: 'currency', label: 'Fee', min: 0 },
    findings: { type: 'json', label: 'Findings' },
  },
  indexes: [{ fields: ['machine', 'inspected_on'], unique: true }, { fields: ['valid_until'] }],
});
