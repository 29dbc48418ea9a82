import { IS_EXHAUSTIVE, SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { checkRollback } from '../pairs/rollback.js';
import { onFile } from '../subject.js';
import { Tally } from '../tally.js';

const tally = new Tally();

describe('planRollback', () => {
  it.each(SEEDS(600))(
    'restores what a deployment removed, and can be rolled back itself (seeds from %i)',
    async (first, count) => {
      for (let seed = first; seed < first + count; seed++) await checkRollback(onFile, seed, tally);
    },
  );

  it.runIf(IS_EXHAUSTIVE)('was tried in every way', () => {
    console.log(`changes that were rolled back: ${tally}`);
    const met = [
      ...['DS101', 'DS102', 'DS103', 'DS104', 'DD201', 'DD202', 'BC301', 'BC302', 'BC303'],
      ...['keep_aside', 'drop_table', 'drop_column', 'restore_records', 'restore_values', 'rebuild_table'],
      ...[
        'destructive_not_allowed',
        'invalid_plan',
        'invalid_request',
        'plan_stale',
        'not_latest',
        'undo_expired',
      ],
      'applied',
    ];
    expect(tally.lacking(met, 20)).toEqual([]);
  });
});
