import type { IDataDriver } from '@objectstack/spec/contracts';
import { IS_EXHAUSTIVE, randomFrom } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { object, planFor } from '../database.js';
import { losses } from '../pairs/apply-all.js';
import { fill, randomChange } from '../random-changes.js';
import { randomAddition } from '../random-objects.js';
import { type OpenSubject, onFile, onServer } from '../subject.js';
import { sharedSqld } from '../transports.js';
import { faultsIn, wholeState } from '../whole-state.js';

const { applyMigrations, introspect, planRollback } = createSqliteSchemaDiff();
const TIMEOUT_MS = 60_000;

/** The state of a database without the ids and times in which databases with the same content differ. */
const comparable = async (driver: IDataDriver) =>
  JSON.parse(
    JSON.stringify(await wholeState(driver))
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'time'),
  );

/** The driver; the names of its methods that are called are added to `calls`. */
const recorded = (driver: IDataDriver, calls: string[]): IDataDriver =>
  new Proxy(driver, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls.push(String(key));
        return member.apply(target, args);
      };
    },
  });

const outcomeOf = (work: Promise<{ outcome: string }>): Promise<string> =>
  work.then(
    ({ outcome }) => outcome,
    ({ code }) => code,
  );

/**
 * Applies a random change to three databases with the same content: as usual, with a known base, and with a known base whose
 * images are known. Expects the same state and result of all. Returns the calls of the driver for the last one; none if the change is rejected.
 */
async function expectSameState(open: OpenSubject, seed: number): Promise<string[]> {
  const random = randomFrom(seed);
  const isAddition = seed % 2 === 0;
  const { before, after } = isAddition ? randomAddition(random) : randomChange(random);
  const databases: IDataDriver[] = [];
  for (let index = 0; index < 3; index++) {
    const { driver } = await open(before);
    if (!isAddition) await fill(driver, randomFrom(seed), before);
    databases.push(driver);
  }
  const [usual, first, further] = databases as [IDataDriver, IDataDriver, IDataDriver];
  const plan = await planFor(usual, after);
  const options = { allow: losses(plan), deploymentId: 'same' };
  const expected = await outcomeOf(applyMigrations(usual, plan, options));
  const state = await comparable(usual);
  const calls: string[] = [];
  for (const driver of [first, further]) {
    const { deploymentId: baseDeploymentId } = await introspect(driver);
    calls.length = 0;
    const given = { ...options, baseDeploymentId, purgeBefore: new Date() };
    expect(await outcomeOf(applyMigrations(recorded(driver, calls), plan, given))).toBe(expected);
    expect(await comparable(driver), `seed ${seed}`).toEqual(state);
  }
  if (expected !== 'applied') return [];
  for (const driver of [usual, further]) {
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: losses(back), deploymentId: 'back' });
  }
  expect(await comparable(further), `seed ${seed}`).toEqual(await comparable(usual));
  expect(await faultsIn(further)).toEqual([]);
  return calls;
}

const server = sharedSqld();
const BEFORE = [object('account', { name: { type: 'text' }, email: { type: 'email' } })];
const unique = (field: string) => [
  object('account', {
    name: { type: 'text' },
    email: { type: 'email', unique: true },
    [field]: { type: 'number' },
  }),
];

describe.each([
  ['a file', onFile, IS_EXHAUSTIVE ? 150 : 4],
  ['a server', onServer(server), IS_EXHAUSTIVE ? 50 : 2],
] as const)('a plan with a known base on %s', (_, open, seeds) => {
  it('leaves the state and the history that it leaves otherwise, also after a rollback', {
    timeout: TIMEOUT_MS * (IS_EXHAUSTIVE ? 10 : 1),
  }, async () => {
    let repeated = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const calls = await expectSameState(open, seed);
      if (calls.length === 1) repeated++;
    }
    expect(repeated).toBeGreaterThan(0);
  });
});

/** Databases on the server, to the first of which the plan was applied; `further` lists the others. */
async function onServerWith(field: string) {
  const plan = await onServer(server)(BEFORE).then(async ({ driver }) => {
    const { deploymentId: baseDeploymentId } = await introspect(driver);
    const made = await planFor(driver, unique(field));
    await applyMigrations(driver, made, { baseDeploymentId });
    return made;
  });
  const { driver } = await onServer(server)(BEFORE);
  const { deploymentId: baseDeploymentId } = await introspect(driver);
  const calls: string[] = [];
  const apply = (options = {}) =>
    applyMigrations(recorded(driver, calls), plan, { baseDeploymentId, deploymentId: 'mine', ...options });
  return { plan, driver, apply, calls };
}

describe('a further database on a server', { timeout: TIMEOUT_MS }, () => {
  it('is found to be migrated if the answer of the commit is lost', async () => {
    const { plan, driver, apply, calls } = await onServerWith('a');
    server().inject({ kind: 'lose-answer', times: 1 });
    expect(await apply()).toMatchObject({ outcome: 'already_applied', deploymentId: 'mine' });
    expect(calls).toEqual(['executeAtomic', 'executeAtomic']);
    const { schemaHash, deploymentId } = await introspect(driver);
    expect([schemaHash, deploymentId]).toEqual([plan.targetSchemaHash, 'mine']);
    expect(await driver.count('_os_deployment', {}, { system: true })).toBe(2);
  });

  it('sees the new field without further calls', async () => {
    const { driver, apply } = await onServerWith('b');
    await apply();
    expect(await driver.create('account', { b: 1 })).toMatchObject({ b: 1 });
  });

  it('is unchanged if records that were written since the plan do not permit it', async () => {
    const { driver, apply } = await onServerWith('c');
    await driver.bulkCreate('account', [{ email: 'a@example.com' }, { email: 'a@example.com' }]);
    const before = await comparable(driver);
    await expect(apply()).rejects.toMatchObject({ code: 'unique_violation' });
    expect(await comparable(driver)).toEqual(before);
  });
});
