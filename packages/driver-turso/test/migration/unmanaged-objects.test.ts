import { IS_EXHAUSTIVE, SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { checkUnmanagedObjects } from '../pairs/unmanaged-objects.js';
import { onFile } from '../subject.js';
import { Tally } from '../tally.js';

const tally = new Tally();
const KINDS = [
  'column',
  'generated',
  'index',
  'expressionIndex',
  'trigger',
  'table',
  'view',
  'generatedOfField',
  'triggerOfField',
];

describe('unmanaged objects', () => {
  it.each(SEEDS(640))('is there after a change and its rollback (seeds from %i)', async (first, count) => {
    for (let seed = first; seed < first + count; seed++) await checkUnmanagedObjects(onFile, seed, tally);
  });

  it.runIf(IS_EXHAUSTIVE)('was of every kind', () => {
    console.log(`unmanaged objects: ${tally}`);
    const met = [...KINDS.map((kind) => `kept a ${kind}`), 'unchanged', 'recreated', 'object_conflict'];
    expect(tally.lacking(met, 20)).toEqual([]);
  });
});
