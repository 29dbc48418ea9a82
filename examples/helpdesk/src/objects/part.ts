import { defineObject } from '@objectstack/spec/data';

export const part = defineObject({
  name: 'part',
  label: 'Part',
  pluralLabel: 'Parts',
  description: 'A spare part on the shelf.',
  fields: {
    part_number: {
      type: 'text',
      label: 'Part number',
      required: true,
      unique: true,
      caseSensitive: false,
      externalId: true,
      maxLength: 30,
    },
    name: { type: 'text', label: 'Name', required: true, maxLength: 120 },
    price: { type: 'currency', label: 'Price', required: true, min: 0 },
    stock: { type: 'number', label: 'On the shelf', required: true, min: 0, defaultValue: 0 },
    reorder_at: { type: 'number', label: 'Reorder at', min: 0 },
    stock_value: { type: 'formula', label: 'Value on the shelf', expression: 'price * stock' },
    fits: { type: 'lookup', label: 'Fits', reference: 'category', multiple: true },
    supplier: { type: 'url', label: 'Supplier' },
  },
});
