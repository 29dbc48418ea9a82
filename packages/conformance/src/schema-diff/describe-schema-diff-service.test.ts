import type { IDataDriver, ISchemaDiffService } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import {
  describeSchemaDiffService,
  SCHEMA_DIFF_REQUIREMENTS,
  type SchemaDiffSuiteOptions,
} from './describe-schema-diff-service.js';

const EMPTY = 'schema-diff-service/introspect/empty';
const NO_PLAN = 'schema-diff-service/refuse/no-plan';
const nothing = { service: {} as ISchemaDiffService, driver: {} as IDataDriver };

/** The tests of a suite, by title. */
function testsOf(options: Partial<SchemaDiffSuiteOptions> = {}): Map<string, () => Promise<void>> {
  const tests = new Map<string, () => Promise<void>>();
  const register = (title: string, body: () => Promise<void>) => tests.set(title, body);
  describeSchemaDiffService(
    { describe: (_, body) => body(), it: Object.assign(register, { skip: register }) },
    { name: 'nowhere', create: async () => nothing, another: async () => nothing.driver, ...options },
  );
  return tests;
}

const titleOf = (id: string) => `${id}: ${SCHEMA_DIFF_REQUIREMENTS[id]?.behavior}`;

describe('describeSchemaDiffService', () => {
  it('has one test for every requirement, titled by its id and behavior', () => {
    expect([...testsOf().keys()]).toEqual(Object.keys(SCHEMA_DIFF_REQUIREMENTS).map(titleOf));
  });

  it('has a distinct behavior for each requirement', () => {
    const entries = Object.entries(SCHEMA_DIFF_REQUIREMENTS);
    const behaviors = entries.map(([id, { behavior }]) => `${id.split('/')[1]} ${behavior}`);
    expect(new Set(behaviors).size).toBe(entries.length);
    for (const [id] of entries) expect(id).toMatch(/^schema-diff-service\/[a-z-]+\/[a-z-]+$/);
  });

  it('fails a service that does nothing, and releases every subject', async () => {
    let [made, freed] = [0, 0];
    const create = async () => {
      made++;
      return { ...nothing, destroy: async () => void freed++ };
    };
    for (const test of testsOf({ create }).values()) await expect(test()).rejects.toThrow();
    expect(made).toBe(Object.keys(SCHEMA_DIFF_REQUIREMENTS).length);
    expect(freed).toBe(made);
  });

  it('gives a reason for each skipped test', () => {
    const skipped = testsOf({ another: undefined as never }).keys();
    const titles = [...skipped].filter((title) =>
      title.includes('(skipped: a database has only one driver)'),
    );
    expect(titles).toHaveLength(2);
  });

  it('accepts a known failure until it passes', async () => {
    const tests = testsOf({ knownFailures: { [EMPTY]: 'it does nothing' } });
    await tests.get(`${titleOf(EMPTY)} (known to fail: it does nothing)`)?.();
    await expect(tests.get(titleOf(NO_PLAN))?.()).rejects.toThrow();
  });

  it('rejects a known failure of an unknown requirement', () => {
    expect(() => testsOf({ knownFailures: { 'schema-diff-service/nothing': 'a typo' } })).toThrow(
      'do not exist',
    );
  });
});
