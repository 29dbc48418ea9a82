import { IS_EXHAUSTIVE, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { DATA_DRIVER_REQUIREMENTS } from '../src/data-driver/describe-data-driver.js';
import { failuresOf, memorySuite } from './memory-suite.js';
import { MISTAKE_MUTANTS } from './mistake-mutants.js';
import { changed } from './mutant-tools.js';
import { MUTANTS, mutantOf } from './mutants.js';
import { RULE_MUTANTS } from './rule-mutants.js';

/** Random operations and the table of mistakes cover many behaviors and detect most mutants too. */
const isRandom = (id: string) => id.startsWith('data-driver/model/');
const isAboutOneThing = (id: string) => !isRandom(id) && !id.includes('-mistakes/');
const groupOf = (id: string) => id.split('/').slice(0, 2).join('/');
/** Which requirements a mutant is tried with: those of its group, and all of them if tests are exhaustive. */
const isTried = (id: string, broken: string) =>
  isAboutOneThing(id) && (IS_EXHAUSTIVE || groupOf(id) === groupOf(broken));

/** Mutants that random operations detect, in the order of MUTANTS. */
const NOTICED = [
  'transaction/nested-rollback',
  'rows/having',
  'twice/update',
  'upsert/updates',
  'delete/answers',
  'many/empty-or',
];

const RANDOM = Object.keys(DATA_DRIVER_REQUIREMENTS).filter(isRandom);

/** Whether random operations detect a mutant; the first failure is enough, because shrinking it takes long. */
async function isNoticed(name: string): Promise<boolean> {
  for (const random of RANDOM) {
    const failed = await failuresOf(memorySuite(mutantOf(name)), (id) => id === random);
    if (failed.length > 0) return true;
  }
  return false;
}

/** Transactions expire by the clock: a suite that shares the event loop with others would use them too late. */
const isTimed = (name: string) => IS_EXHAUSTIVE || name.startsWith('transaction/');

describe('a driver that differs from the reference implementation in one behavior', () => {
  it('there are at least fifty', () => {
    const mutants = Object.keys(MUTANTS).length + Object.keys(MISTAKE_MUTANTS).length;
    expect(mutants).toBeGreaterThanOrEqual(50);
  });

  const names = Object.keys(MUTANTS);
  const failsOnly = async (name: string) => {
    const broken = `data-driver/${name}`;
    expect(await failuresOf(memorySuite(mutantOf(name)), (id) => isTried(id, broken))).toEqual([broken]);
  };

  it.concurrent.each(
    sampleOf(
      names.filter((name) => !isTimed(name)),
      3,
    ),
  )('fails only %s', failsOnly);

  it.each(sampleOf(names.filter(isTimed), 3))('fails only %s', failsOnly);

  it.each(sampleOf(Object.entries(RULE_MUTANTS), 2))(
    'that %s fails exactly the requirements of it',
    async (_, { breaks, mutant }) => {
      const broken = breaks.map((name) => `data-driver/${name}`);
      const suite = memorySuite((driver) => changed(driver, mutant(driver)));
      const failed = await failuresOf(suite, (id) => broken.some((one) => isTried(id, one)));
      expect(failed.toSorted()).toEqual(broken.toSorted());
    },
  );

  it('is detected by random operations that reach it', async () => {
    const noticed: string[] = [];
    const expected = sampleOf(NOTICED, 6);
    for (const name of IS_EXHAUSTIVE ? Object.keys(MUTANTS) : expected) {
      if (await isNoticed(name)) noticed.push(name);
    }
    expect(noticed.toSorted()).toEqual(expected.toSorted());
  }, 600_000);
});
