import { IS_EXHAUSTIVE, isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { DATA_DRIVER_REQUIREMENTS } from '../src/data-driver/describe-data-driver.js';
import { CALL_MUTANTS } from './call-mutants.js';
import { failuresOf, memorySuite } from './memory-suite.js';
import { changed, type Mutant } from './mutant-tools.js';
import { MUTANTS } from './mutants.js';
import { QUERY_RULE_MUTANTS } from './query-rule-mutants.js';
import { RULE_MUTANTS, type RuleMutant } from './rule-mutants.js';
import { SESSION_RULE_MUTANTS } from './session-rule-mutants.js';
import { rawSqlOf, SQL_CAPABILITIES } from './with-raw-sql.js';
import { WRITE_RULE_MUTANTS } from './write-rule-mutants.js';

const PREFIX = 'data-driver/';
const groupOf = (name: string) => name.split('/')[0] ?? '';

/** The tables of mistakes, capabilities and signals have tests of their own, which fail every row with a mutant. */
const hasOwnTests = (group: string) =>
  group.endsWith('-mistakes') || ['denied', 'aborted', 'aborted-while-waiting'].includes(group);

const REQUIREMENTS = Object.keys(DATA_DRIVER_REQUIREMENTS)
  .map((id) => id.slice(PREFIX.length))
  .filter((name) => !hasOwnTests(groupOf(name)));

/** The requirements of random operations differ only by their seed: one of so many is tried, unless tests are exhaustive. */
const RANDOM = 5;

/** Groups of requirements that no mutant here fails, with the reason. */
const NOT_FAILED: Readonly<Record<string, string>> = {
  'integer-id':
    'the reference implementation has no integer ids; their mutants are in the tests of @objectstack/driver-turso',
  raw: 'the reference implementation has no SQL; their mutants are in the tests of @objectstack/driver-turso',
};

const byRequirement = (mutants: Readonly<Record<string, Mutant>>): [string, RuleMutant][] =>
  Object.entries(mutants).map(([name, mutant]) => [`violates ${name}`, { breaks: [name], mutant }]);

/** Mutants with the requirements that each of them must fail. */
const CALLS = byRequirement(CALL_MUTANTS);
const RULES = Object.entries({ ...QUERY_RULE_MUTANTS, ...WRITE_RULE_MUTANTS, ...SESSION_RULE_MUTANTS });

/** Mutants that other tests try. */
const TRIED_ELSEWHERE = [...byRequirement(MUTANTS), ...Object.entries(RULE_MUTANTS)];

/** Names of the failed requirements, of those that are tried. */
async function failedOf({ mutant }: RuleMutant, isTried: (name: string) => boolean): Promise<string[]> {
  const suite = memorySuite(
    (driver) => changed(driver, { ...rawSqlOf(driver), ...mutant(driver) }),
    SQL_CAPABILITIES,
  );
  const failed = await failuresOf(suite, (id) => isTried(id.slice(PREFIX.length)));
  return failed.map((id) => id.slice(PREFIX.length));
}

/** The fault of one method: exhaustive tests verify that the requirements of the other methods are met. */
const isTriedWith =
  ([name = '']: readonly string[]) =>
  (tried: string) =>
    IS_EXHAUSTIVE ? groupOf(tried) === groupOf(name) : tried === name;

describe('a driver with a fault', () => {
  it.each(CALLS)('that %s fails only this', async (_, mutant) => {
    expect(await failedOf(mutant, isTriedWith(mutant.breaks))).toEqual(mutant.breaks);
  });

  it.each(RULES)('that %s fails the requirements of it', async (_, mutant) => {
    const breaks = mutant.breaks.filter((name, at) => groupOf(name) !== 'model' || isSampled(at, RANDOM));
    const failed = await failedOf(mutant, (name) => breaks.includes(name));
    expect(failed.toSorted()).toEqual(breaks.toSorted());
  });

  it('without any violates none of them', async () => {
    const faults = [...CALLS, ...RULES].flatMap(([, { breaks }]) => breaks);
    const isTried = (name: string) => IS_EXHAUSTIVE && faults.includes(name);
    expect(await failedOf({ breaks: [], mutant: () => ({}) }, isTried)).toEqual([]);
  });

  it('exists for every requirement that the reference implementation meets', () => {
    const mutants = [...CALLS, ...RULES, ...TRIED_ELSEWHERE];
    const failed = new Set(mutants.flatMap(([, { breaks }]) => breaks));
    const rest = REQUIREMENTS.filter((name) => !failed.has(name));
    const count = REQUIREMENTS.length - rest.length;
    console.info(
      `${count} of ${REQUIREMENTS.length} requirements are failed by at least one of ${mutants.length} mutants.`,
    );
    for (const [group, reason] of Object.entries(NOT_FAILED)) console.info(`${group}/*: ${reason}`);
    expect(rest).toEqual(REQUIREMENTS.filter((name) => groupOf(name) in NOT_FAILED));
  });
});
