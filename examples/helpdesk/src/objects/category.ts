import { defineObject } from '@objectstack/spec/data';

export const category = defineObject({
  name: 'category',
  label: 'Category',
  pluralLabel: 'Categories',
  description: 'Kinds of machines, as a tree.',
  fields: {
    name: { type: 'text', label: 'Name', required: true, unique: true, maxLength: 80 },
    parent: { type: 'tree', label: 'Part of', deleteBehavior: 'restrict' },
    color: { type: 'color', label: 'Color on the yard plan' },
    needs_license: { type: 'toggle', label: 'Needs a license', defaultValue: false },
    daily_deposit: { type: 'currency', label: 'Deposit for each day', min: 0 },
  },
});
