import { defineObject } from '@objectstack/spec/data';
import { machine } from '../machine.js';

export const machineWithInspections = defineObject({
  ...machine,
  fields: {
    ...machine.fields,
    next_inspection_on: { type: 'date', label: 'Next inspection on' },
    insured_value: { type: 'currency', label: 'Insured for', min: 0 },
  },
  indexes: [...machine.indexes, { fields: ['next_inspection_on'] }],
});
