import { defineObject } from '@objectstack/spec/data';

export const category = defineObject({
  name: 'category',
  label: 'Category',
  pluralLabel: 'Categories',
  description: 'Kinds of machine, as a tree.',
  fields: {
    name: { type: 'text', label: 'Name', required: true, unique: true, maxLength: 80 },
    parent: { type: 'tree', label: 'Part of', deleteBehavior: 'restrict' },
    color: { type: 'color', label: 'Colour on the yard plan' },
    needs_licence: { type: 'toggle', label: 'Needs a licence', defaultValue: false },
    daily_deposit: { type: 'currency', label: 'Deposit for each day', min: 0 },
  },
});
