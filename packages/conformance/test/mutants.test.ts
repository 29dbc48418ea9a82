import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { failuresOf, memorySuite } from './memory-suite.js';
import { MUTANTS, mutantOf } from './mutants.js';

/** Random operations cover all behaviors and detect most mutants too. */
const isAboutOneThing = (id: string) => !id.startsWith('data-driver/model/');
const groupOf = (id: string) => id.split('/').slice(0, 2).join('/');
/** Which requirements a mutant is tried with: those of its group, and all of them if tests are exhaustive. */
const isTried = (id: string, broken: string) =>
  isAboutOneThing(id) && (IS_EXHAUSTIVE || groupOf(id) === groupOf(broken));

/** Mutants that random operations detect, in the order of MUTANTS. */
const NOTICED = [
  'twice/update',
  'update/missing',
  'upsert/updates',
  'delete/answers',
  'bulk/create-in-order',
  'bulk/create-all-or-none',
  'many/delete-mistakes',
  'query/limit-and-offset',
];

describe('a driver that differs from the reference implementation in one behavior', () => {
  it('there are at least forty', () => {
    expect(Object.keys(MUTANTS).length).toBeGreaterThanOrEqual(40);
  });

  it.concurrent.each(Object.keys(MUTANTS))(
    'fails only %s',
    async (name) => {
      const broken = `data-driver/${name}`;
      expect(await failuresOf(memorySuite(mutantOf(name)), (id) => isTried(id, broken))).toEqual([broken]);
    },
    60_000,
  );

  it('is detected by random operations that reach it', async () => {
    const noticed: string[] = [];
    for (const name of IS_EXHAUSTIVE ? Object.keys(MUTANTS) : NOTICED) {
      const failed = await failuresOf(memorySuite(mutantOf(name)), (id) => !isAboutOneThing(id));
      if (failed.length > 0) noticed.push(name);
    }
    expect(noticed.toSorted()).toEqual(NOTICED.toSorted());
  }, 120_000);
});
