import { describe, expect, it } from 'vitest';
import type { Field } from './field.zod.js';
import { checkValue, fieldValueModel, foldCase, ignoresCase, isMissing } from './field-value.js';

const options = ['a', 'b'].map((value) => ({ label: value, value }));

describe('fieldValueModel', () => {
  it.each<[Field, object]>([
    [
      { type: 'select', options },
      { isList: false, options: new Set(['a', 'b']) },
    ],
    [{ type: 'select' }, { options: null }],
    [{ type: 'select', options: [] }, { options: null }],
    [
      { type: 'multiselect', options: [] },
      { isList: true, options: null },
    ],
    [{ type: 'text', options }, { options: null }],
    [
      { type: 'multiselect', options },
      { isList: true, itemEncoding: 'text' },
    ],
    [
      { type: 'lookup', reference: 'x', multiple: true },
      { isList: true, itemEncoding: 'text' },
    ],
    [
      { type: 'number', multiple: true },
      { isList: true, itemEncoding: 'number' },
    ],
    [
      { type: 'image', multiple: true },
      { isList: true, itemEncoding: 'json' },
    ],
  ])('of %j has %j', (field, model) => {
    expect(fieldValueModel(field)).toMatchObject({ field, ...model });
  });
});

describe('checkValue', () => {
  it.each<[Field, unknown, string[]]>([
    [{ type: 'text', minLength: 2, maxLength: 3 }, 'a', ['min_length']],
    [{ type: 'text', minLength: 2, maxLength: 3 }, 'abcd', ['max_length']],
    [{ type: 'text', minLength: 2, maxLength: 3 }, 'abc', []],
    [{ type: 'text', maxLength: 1 }, '😀', []],
    [{ type: 'text', minLength: 1 }, '', ['min_length']],
    [{ type: 'email', maxLength: 2 }, 'ada', ['max_length', 'format']],
    [{ type: 'email' }, 'ada@example.com', []],
    [{ type: 'email' }, '', []],
    [{ type: 'url' }, 'https://example.com', []],
    [{ type: 'url' }, 'javascript:alert(1)', ['format']],
    [{ type: 'url' }, 'example', ['format']],
    [{ type: 'number', min: 1, max: 2 }, 0.5, ['min']],
    [{ type: 'number', min: 1, max: 2 }, 3, ['max']],
    [{ type: 'number', min: 1, max: 2 }, 2, []],
    [{ type: 'number' }, -1e308, []],
    [{ type: 'boolean' }, true, []],
    [{ type: 'select', options }, 'a', []],
    [{ type: 'select', options }, 'c', ['option']],
    [{ type: 'multiselect', options }, ['a', 'b'], []],
    [{ type: 'multiselect', options }, ['a', 'c'], ['option']],
    [{ type: 'multiselect', options }, 'a', ['type']],
    [{ type: 'tags' }, ['a', 1], ['type']],
    [{ type: 'tags' }, ['a', null], ['type']],
    [{ type: 'tags' }, ['a', undefined], ['type']],
    [{ type: 'number', multiple: true }, [1, 2], []],
    [{ type: 'number', multiple: true }, [1, '2'], ['type']],
    [{ type: 'file', multiple: true }, [{ url: 'x' }, 'y'], []],
    [{ type: 'date', multiple: true }, ['2025-01-01', '2025-02-30'], ['type']],
    [{ type: 'json' }, { any: 'thing' }, []],
  ])('of %j finds in %j %j', (field, value, rules) => {
    expect(checkValue(fieldValueModel(field), value)).toEqual(rules);
  });

  it.each([null, undefined])('returns no violations for %s', (value) => {
    expect(checkValue(fieldValueModel({ type: 'select', options, required: true }), value)).toEqual([]);
  });
});

describe('ignoresCase', () => {
  it.each<[Field, boolean]>([
    [{ type: 'text', unique: true, caseSensitive: false }, true],
    [{ type: 'text', unique: true }, false],
    [{ type: 'text', caseSensitive: false }, false],
    [{ type: 'text', unique: false, caseSensitive: false }, false],
    [{ type: 'number', unique: true, caseSensitive: false }, false],
  ])('of %j is %j', (field, expected) => {
    expect(ignoresCase(field)).toBe(expected);
  });
});

describe('foldCase', () => {
  it('folds the letters A to Z only', () => {
    expect(foldCase('AbÄZ')).toBe('abÄz');
  });
});

describe('isMissing', () => {
  it.each<[Field, unknown, boolean]>([
    [{ type: 'text' }, null, true],
    [{ type: 'text' }, undefined, true],
    [{ type: 'text' }, '', true],
    [{ type: 'text' }, 'x', false],
    [{ type: 'number' }, 0, false],
    [{ type: 'tags' }, '[]', true],
    [{ type: 'tags' }, '["a"]', false],
    [{ type: 'json' }, '""', true],
    [{ type: 'json' }, '[]', false],
  ])('of %j and %j is %j', (field, stored, expected) => {
    expect(isMissing(fieldValueModel(field), stored)).toBe(expected);
  });
});
