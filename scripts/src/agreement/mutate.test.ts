import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from './mutate.js';

const value = { name: 'Ada', tags: ['a', 'b'], deep: { list: [{ count: 1 }] } };
const mutations = fc.sample(mutated(value), { seed: 1, numRuns: 10_000 }) as (typeof value)[];

describe('mutated', () => {
  it('does not modify the value', () => {
    expect(value).toEqual({ name: 'Ada', tags: ['a', 'b'], deep: { list: [{ count: 1 }] } });
  });

  it.each<[string, (changed: typeof value) => boolean]>([
    ['drops a key', (changed) => changed && !Object.hasOwn(changed, 'name')],
    ['adds a key', (changed) => changed && Object.hasOwn(changed, 'zzz')],
    ['adds a key that every object inherits', (changed) => changed && Object.hasOwn(changed, 'toString')],
    ['swaps the type', (changed) => typeof changed?.tags === 'string'],
    ['sets null', (changed) => changed?.name === null],
    ['empties a string', (changed) => changed?.name === ''],
    ['makes a string too long', (changed) => changed?.name?.length > 500],
    ['exceeds the bounds of a number', (changed) => changed?.deep?.list?.[0]?.count === -1],
    ['changes the length of a list', (changed) => changed?.tags?.length === 4],
    ['replaces the whole value', (changed) => changed === null],
  ])('%s', (_, isSo) => {
    expect(mutations.some(isSo)).toBe(true);
  });
});
