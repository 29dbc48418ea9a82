import { describe, expect, it } from 'vitest';
import { decodeValue } from './decode-value.js';
import { encodeField } from './encode-field.js';
import type { Field } from './field.zod.js';
import { fieldValueModel } from './field-value.js';

describe('decodeValue', () => {
  it.each<[Field, unknown]>([
    [{ type: 'text' }, 'a'],
    [{ type: 'text' }, null],
    [{ type: 'number' }, 0.5],
    [{ type: 'boolean' }, true],
    [{ type: 'boolean' }, false],
    [{ type: 'date' }, '2026-01-31'],
    [{ type: 'json' }, { a: [1, null] }],
    [{ type: 'json' }, 'text'],
    [{ type: 'tags' }, ['a', 'b']],
    [{ type: 'number', multiple: true }, [1, 2]],
  ])('returns what encodeField was given: %j %j', (field, value) => {
    const model = fieldValueModel(field);
    const encoded = encodeField(model, value);
    expect('value' in encoded && decodeValue(model.storage, encoded.value)).toEqual(value);
  });

  it('returns 0 for -0, which databases do not distinguish', () => {
    const encoded = encodeField(fieldValueModel({ type: 'number' }), -0);
    expect(Object.is('value' in encoded && encoded.value, 0)).toBe(true);
  });
});
