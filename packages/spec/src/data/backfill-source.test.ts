import { describe, expect, it } from 'vitest';
import { backfillSourceOf } from './backfill-source.js';
import type { Field } from './field.zod.js';

describe('backfillSourceOf', () => {
  it.each<[Field['type'], unknown, unknown]>([
    ['text', { field: 'a' }, { field: 'a' }],
    ['text', { values: { a: 'b' } }, { values: { a: 'b' } }],
    ['text', { field: 'a', values: {} }, { field: 'a', values: {} }],
    ['tags', { field: 'a' }, { field: 'a' }],
    ['json', { field: 'a' }, undefined],
    ['address', { values: { a: 'b' } }, undefined],
    ['text', {}, undefined],
    ['text', { field: 1 }, undefined],
    ['text', { values: ['a'] }, undefined],
    ['text', { field: 'a', other: 1 }, undefined],
    ['text', 'a', undefined],
    ['tags', ['a'], undefined],
    ['text', null, undefined],
  ])('of a %s with %j is %j', (type, backfill, source) => {
    expect(backfillSourceOf({ type, backfill })).toEqual(source);
  });
});
