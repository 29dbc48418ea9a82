import { IS_EXHAUSTIVE, SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { checkLossless } from '../pairs/lossless.js';
import { onFile } from '../subject.js';
import { Tally } from '../tally.js';

const tally = new Tally();

describe('a change that removes no data', () => {
  it.each(SEEDS(800))('keeps every record, or does nothing (seeds from %i)', async (first, count) => {
    for (let seed = first; seed < first + count; seed++) await checkLossless(onFile, seed, tally);
  });

  it.runIf(IS_EXHAUSTIVE)('was tried in every way', () => {
    console.log(`changes that take nothing away: ${tally}`);
    const met = [
      ...['SF001', 'SF002', 'SF003', 'SF005', 'SF006', 'SF009', 'DS103', 'DS104', 'DD201', 'DD202'],
      ...['BC301', 'BC302', 'BC303'],
      ...['assert', 'drop_index', 'rename_table', 'rename_column', 'convert_column', 'create_table'],
      ...['rebuild_table', 'add_column', 'create_index'],
      ...['applied', 'conversion_failed', 'foreign_key_violation', 'not_null_violation', 'unique_violation'],
    ];
    expect(tally.lacking(met, 20)).toEqual([]);
  });
});
