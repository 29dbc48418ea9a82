import { defineObject } from '@objectstack/spec/data';

export const partUsage = defineObject({
  name: 'part_usage',
  label: 'Part used',
  pluralLabel: 'Parts used',
  description: 'Spare parts used during a visit.',
  fields: {
    visit: {
      type: 'master_detail',
      label: 'Visit',
      reference: 'visit',
      required: true,
      deleteBehavior: 'cascade',
    },
    part: { type: 'lookup', label: 'Part', reference: 'part', required: true, deleteBehavior: 'restrict' },
    quantity: { type: 'number', label: 'Quantity', required: true, min: 1, defaultValue: 1 },
    unit_price: { type: 'currency', label: 'Unit price', required: true, min: 0 },
    line_total: { type: 'formula', label: 'Total', expression: 'quantity * unit_price' },
    free_of_charge: { type: 'boolean', label: 'Free of charge', defaultValue: false },
  },
  indexes: [{ fields: ['visit', 'part'], unique: true }],
});
