import { describe, expect, it } from 'vitest';
import { splitTypes } from './split-types.js';

describe('splitTypes', () => {
  it('makes one branch of each type, with the keywords of that type', () => {
    const schema = { description: 'A value.', type: ['string', 'number', 'null'], minLength: 1, maximum: 9 };
    expect(splitTypes(schema)).toEqual({
      description: 'A value.',
      anyOf: [{ type: 'string', minLength: 1 }, { type: 'number', maximum: 9 }, { type: 'null' }],
    });
  });

  it('omits the types where the values are listed', () => {
    expect(splitTypes({ type: ['string', 'null'], enum: ['a', null] })).toEqual({ enum: ['a', null] });
  });

  it('returns a schema of one type unchanged', () => {
    const schema = { type: 'string', minLength: 1 };
    expect(splitTypes(schema)).toBe(schema);
  });
});
