import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { checkActions } from '../retype/check-actions.js';

const FIELDS = [
  ['texts', { type: 'text' }, ['1', '5.0', 'x', '', null, null]],
  ['references in texts', { type: 'text' }, ['p1', null]],
  ['numbers', { type: 'number' }, [0, 0.1 + 0.2, null]],
  ['lookups', { type: 'lookup', reference: 'account', deleteBehavior: 'set_null' }, ['p1', 'p1', null]],
  ['lists', { type: 'tags' }, [['1'], ['p1', 'x'], [], null]],
] as const;

/** One of so many pairs is tried. It does not divide the number of changes, so that every change comes first and second. */
const EVERY = 11;

describe('two changes of one field in one plan', () => {
  it.each(FIELDS)('keep every record and can be rolled back: %s', async (what, facts, values) => {
    const { wrong, pairs, stopped } = await checkActions({ facts, values }, (index) =>
      isSampled(index, EVERY),
    );
    console.log(`${what}: ${pairs} pairs of changes, ${stopped.length} of which records stop`);
    expect(wrong).toEqual([]);
  });
});
