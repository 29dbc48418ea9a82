import { IS_EXHAUSTIVE, SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { checkStatementsBack } from '../pairs/statements-back.js';
import { onFile } from '../subject.js';
import { Tally } from '../tally.js';

const tally = new Tally();

describe('the statements of a plan', () => {
  it.each(SEEDS(400))('undo each other from the last to the first (seeds from %i)', async (first, count) => {
    for (let seed = first; seed < first + count; seed++) await checkStatementsBack(onFile, seed, tally);
  });

  it.runIf(IS_EXHAUSTIVE)('were of every kind', () => {
    console.log(`statements that were undone: ${tally}`);
    const kinds = [
      'drop_index',
      'drop_table',
      'drop_column',
      'rename_table',
      'rename_column',
      'convert_column',
    ];
    const more = ['create_table', 'rebuild_table', 'add_column', 'create_index', 'keep_aside', 'undone'];
    expect(tally.lacking([...kinds, ...more], 20)).toEqual([]);
  });
});
