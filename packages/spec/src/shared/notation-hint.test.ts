import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { notationHint } from './notation-hint.js';

describe('notationHint', () => {
  it.each([
    ['a', z.array(z.string()), 'Put it in brackets'],
    [1, z.array(z.string()), undefined],
    ['10', z.int(), 'Write it without quotes'],
    ['true', z.boolean().optional(), 'Write it without quotes'],
    ['ten', z.int(), undefined],
    ['', z.number(), undefined],
    [null, z.array(z.null()), undefined],
    [1, z.string(), undefined],
  ])('of %j is %3$j', (value, schema, expected) => {
    expect(notationHint(value, schema)).toBe(expected);
  });

  it('is absent for a schema that is asynchronous', () => {
    const schema = z.array(z.string().refine(async () => true));
    expect(notationHint('a', schema)).toBeUndefined();
  });
});
