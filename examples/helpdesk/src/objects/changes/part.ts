import { defineObject } from '@objectstack/spec/data';
import { part } from '../part.js';

const { supplier: _supplier, stock, ...fields } = part.fields;

export const partFromOneSupplier = defineObject({
  ...part,
  fields: {
    ...fields,
    on_shelf: { ...stock, renamedFrom: 'stock' },
    stock_value: { ...part.fields.stock_value, expression: 'price * on_shelf' },
  },
});
