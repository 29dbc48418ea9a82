import { describe, expect, it } from 'vitest';
import { encodeItem } from './encode-item.js';
import type { Field } from './field.zod.js';
import { fieldValueModel } from './field-value.js';

describe('encodeItem', () => {
  it.each<[Field, unknown, unknown]>([
    [{ type: 'tags' }, 't', 't'],
    [{ type: 'number', multiple: true }, 0.5, 0.5],
    [{ type: 'boolean', multiple: true }, true, true],
    [{ type: 'boolean', multiple: true }, false, false],
    [{ type: 'datetime', multiple: true }, '2026-01-31T14:00+01:00', '2026-01-31T13:00:00.000Z'],
  ])('encodes for the items of %j the operand %j as %j', (field, operand, value) => {
    expect(encodeItem(fieldValueModel(field), operand)).toEqual({ value });
  });

  it.each<[Field, unknown]>([
    [{ type: 'tags' }, 1],
    [{ type: 'tags' }, null],
    [{ type: 'boolean', multiple: true }, 1],
    [{ type: 'image', multiple: true }, {}],
  ])('rejects for the items of %j the operand %j', (field, operand) => {
    expect(encodeItem(fieldValueModel(field), operand)).toEqual({ rule: 'type' });
  });
});
