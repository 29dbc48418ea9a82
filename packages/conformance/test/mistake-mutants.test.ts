import { MISTAKES } from '@objectstack/spec/data';
import { IS_EXHAUSTIVE, isSampled, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { failuresOf, memorySuite } from './memory-suite.js';
import type { MistakeMutant } from './mistake-mutant-tools.js';
import { MISTAKE_MUTANTS } from './mistake-mutants.js';
import { changed } from './mutant-tools.js';

/** Mutants that reject with another error. The others accept the mistake, or reject it although the call had an effect. */
const OTHER_ERROR = /^(names|gives|rejects|reports|does not)/;
/** One of so many rows that the mutant does not violate is tried, unless tests are exhaustive. */
const UNVIOLATED = 40;
const ROW = /^data-driver\/(.+)-mistakes\/(.+)$/;

/** Rows of each group that the mutant violates. */
async function violatedRows({ mutant, violates }: MistakeMutant): Promise<Map<string, string[]>> {
  const suite = memorySuite((driver) => changed(driver, mutant(driver)));
  let rowsBefore = 0;
  const isTried = (id: string) => {
    const [, group = '', row = ''] = ROW.exec(id) ?? [];
    if (IS_EXHAUSTIVE) return group !== '';
    const expected = violates[group];
    if (expected === undefined) return false;
    return expected === 'some' || expected.includes(row) || isSampled(rowsBefore++, UNVIOLATED);
  };
  const rows = new Map<string, string[]>();
  for (const id of await failuresOf(suite, isTried)) {
    const [, group = '', row = ''] = ROW.exec(id) ?? [];
    rows.set(group, [...(rows.get(group) ?? []), row]);
  }
  return rows;
}

describe('a driver with a fault in rejecting mistakes', () => {
  const shown = new Set<string>();

  it.each(sampleOf(Object.entries(MISTAKE_MUTANTS), 3))('%s', async (name, mutant) => {
    const rows = await violatedRows(mutant);
    if (!OTHER_ERROR.test(name))
      for (const [group, found] of rows) for (const row of found) shown.add(`${group}/${row}`);
    for (const [group, expected] of Object.entries(mutant.violates)) {
      const found = rows.get(group) ?? [];
      if (expected === 'some') expect(found.length, group).toBeGreaterThan(0);
      else expect(found.toSorted(), group).toEqual(expected.toSorted());
    }
  });

  const title = 'that accepts the mistake exists for every row of the table';
  it.skipIf(!IS_EXHAUSTIVE)(
    IS_EXHAUSTIVE ? title : `${title} (skipped: not all mutants are in the sample)`,
    () => {
      const rows = Object.entries(MISTAKES).flatMap(([group, { mistakes }]) =>
        mistakes.map(({ id }) => `${group}/${id}`),
      );
      expect(rows.filter((row) => !shown.has(row))).toEqual([]);
    },
  );
});
