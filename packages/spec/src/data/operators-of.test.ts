import { describe, expect, it } from 'vitest';
import type { Field } from './field.zod.js';
import { fieldValueModel } from './field-value.js';
import { FILTER_OPERATORS } from './filter.zod.js';
import { operatorsOf } from './operators-of.js';

const PRESENCE = ['$null', '$exists'];
const EQUALITY = ['$eq', '$ne', '$in', '$nin', ...PRESENCE];

describe('operatorsOf', () => {
  it.each<[Field, string[]]>([
    [{ type: 'text' }, FILTER_OPERATORS],
    [{ type: 'lookup' }, FILTER_OPERATORS],
    [{ type: 'number' }, ['$gt', '$gte', '$lt', '$lte', '$between', ...EQUALITY]],
    [{ type: 'date' }, ['$gt', '$gte', '$lt', '$lte', '$between', ...EQUALITY]],
    [{ type: 'boolean' }, EQUALITY],
    [{ type: 'json' }, PRESENCE],
    [{ type: 'tags' }, ['$contains', '$notContains', ...PRESENCE]],
    [{ type: 'number', multiple: true }, ['$contains', '$notContains', ...PRESENCE]],
    [{ type: 'image', multiple: true }, PRESENCE],
    [{ type: 'formula' }, []],
  ])('of %j', (field, operators) => {
    expect([...operatorsOf(fieldValueModel(field))].sort()).toEqual([...operators].sort());
  });
});
