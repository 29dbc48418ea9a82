import { describe, expect, it } from 'vitest';
import { misspelledKey } from './misspelled-key.js';

const KNOWN = ['retentionDays', 'transaction'];

describe('misspelledKey', () => {
  it.each([
    [{ retentionDay: 1 }, { key: 'retentionDay', meant: 'retentionDays' }],
    [
      { mode: 1, tx: 1 },
      { key: 'tx', meant: 'transaction' },
    ],
    [{ retentionDays: 1, retentionDay: 1 }, undefined],
    [{ mode: 1 }, undefined],
    [{ constructor: 1 }, undefined],
  ])('of %j is %j', (given, expected) => {
    expect(misspelledKey(given, KNOWN)).toEqual(expected);
  });
});
