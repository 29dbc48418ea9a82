import { setTimeout as delay } from 'node:timers/promises';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan } from '@objectstack/spec/system';
import { IS_EXHAUSTIVE, randomFrom, SEED, times } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { startChild } from './children.js';
import { connected, deploy, freshDatabase, object, planFor } from './database.js';
import { losses } from './rich-plans.js';
import { sharedSqld } from './transports.js';
import { faultsIn, wholeState } from './whole-state.js';

const { applyMigrations, introspect, planRollback } = createSqliteSchemaDiff();
const server = sharedSqld();
const KILLS = times(20);
const ROWS = IS_EXHAUSTIVE ? 20_000 : 4_000;
/** About how long the migration takes. */
const IN_PROCESS_MS = IS_EXHAUSTIVE ? 450 : 120;
const ON_SERVER_MS = IS_EXHAUSTIVE ? 250 : 80;

const text = { type: 'text' };
const CHILD = object('child', { parent: { type: 'lookup', reference: 'parent', deleteBehavior: 'cascade' } });
const BEFORE = [object('parent', { name: text, note: text, size: { type: 'number' } }), CHILD];
const AFTER = [
  object('parent', {
    title: { ...text, storage: { notNull: true }, unique: true, renamedFrom: 'name' },
    size: { ...text, index: true },
  }),
  CHILD,
];

/** Many records, made where they are kept. */
async function fill(driver: IDataDriver): Promise<void> {
  const count = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})`;
  const made = `'2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'`;
  await driver.executeAtomic([
    {
      sql: `INSERT INTO parent (id, created_at, updated_at, name, note, size) ${count} SELECT 'p' || i, ${made}, 'name ' || i, 'note ' || i, i / 2.0 FROM n`,
    },
    {
      sql: `INSERT INTO child (id, created_at, updated_at, parent) SELECT 'c' || id, ${made}, id FROM parent`,
    },
  ]);
}

async function prepare(driver: IDataDriver): Promise<MigrationPlan> {
  await deploy(driver, BEFORE);
  await fill(driver);
  return planFor(driver, AFTER);
}

/** Old or new, and nothing in between; then the new one, whatever it was. */
async function expectWhole(driver: IDataDriver, plan: MigrationPlan, old: unknown): Promise<'old' | 'new'> {
  const live = await introspect(driver);
  const isNew = live.planHash === plan.planHash;
  expect(live.schemaHash).toBe(isNew ? plan.targetSchemaHash : plan.baseSchemaHash);
  if (!isNew) expect((await wholeState(driver)) as unknown).toEqual(old);
  expect(await faultsIn(driver)).toEqual([]);
  const again = await planFor(driver, AFTER);
  const { outcome } = await applyMigrations(driver, again, { allow: losses(again) });
  expect(outcome).toBe(isNew ? 'unchanged' : 'applied');
  expect((await applyMigrations(driver, plan, { allow: losses(plan) })).outcome).toBe('already_applied');
  expect((await introspect(driver)).schemaHash).toBe(plan.targetSchemaHash);
  expect(await driver.count('_os_deployment', {}, { system: true })).toBe(2);
  for (const { name } of AFTER) expect(await driver.count(name)).toBe(ROWS);
  const back = await planRollback(driver);
  await applyMigrations(driver, back, { allow: losses(back) });
  expect((await introspect(driver)).schemaHash).toBe(plan.baseSchemaHash);
  expect(await driver.count('parent', { where: { note: null } })).toBe(0);
  expect(await faultsIn(driver)).toEqual([]);
  return isNew ? 'new' : 'old';
}

/** Moments all over the time that the migration takes, at random. */
function moments(count: number, withinMs: number): number[] {
  const random = randomFrom(SEED);
  const step = withinMs / count;
  return Array.from(
    { length: count },
    (_, index) => Math.floor(index * step) + random.below(Math.ceil(step)),
  );
}

const summary = (seen: readonly string[]) =>
  `seed ${SEED}: ${seen.length} kills, ${seen.filter((state) => state === 'new').length} too late`;

/** Applies in a process that is killed. */
async function killedProcess(afterMs: number): Promise<string> {
  const { driver, url } = await freshDatabase();
  const plan = await prepare(driver);
  const old = await wholeState(driver);
  await driver.disconnect();
  const child = await startChild({ kind: 'apply', url, plan, allow: losses(plan) });
  child.go();
  await Promise.all([child.outcome, delay(afterMs).then(child.kill)]);
  return expectWhole(await connected({ url }), plan, old);
}

/** Applies on a server that is killed and restarted with the same files. */
async function killedServer(afterMs: number): Promise<string> {
  const { url, token } = await server().createDatabase();
  const driver = createTursoDriver({ url, maxRetries: 0 }, { authToken: token });
  await driver.connect();
  const plan = await prepare(driver);
  const old = await wholeState(driver);
  const killed = delay(afterMs).then(() => server().kill());
  const applied = applyMigrations(driver, plan, { allow: losses(plan) }).catch(({ code }) => code);
  await Promise.all([applied, killed]);
  await server().restart();
  const state = await expectWhole(driver, plan, old);
  await driver.disconnect();
  return state;
}

/** A run in which every kill came too late shows nothing: kills earlier until one did not. */
async function killUntilOld(kill: (afterMs: number) => Promise<string>, afterMs: number): Promise<string[]> {
  const state = await kill(afterMs);
  return state === 'old' || afterMs === 0
    ? [state]
    : [state, ...(await killUntilOld(kill, Math.floor(afterMs / 3)))];
}

describe('a migration of many records', () => {
  it(`has either all old or all new data when its process is killed (seed ${SEED})`, async () => {
    const seen: string[] = [];
    const [first = 0, ...others] = moments(KILLS, IN_PROCESS_MS);
    while (others.length > 0) seen.push(...(await Promise.all(others.splice(0, 2).map(killedProcess))));
    seen.push(...(await killUntilOld(killedProcess, first)));
    console.info(summary(seen));
    expect(seen).toContain('old');
  });

  it(`has either all old or all new data when its server is killed (seed ${SEED})`, async () => {
    const seen: string[] = [];
    const [first = 0, ...others] = moments(Math.ceil(KILLS / 2), ON_SERVER_MS);
    for (const moment of others) seen.push(await killedServer(moment));
    seen.push(...(await killUntilOld(killedServer, first)));
    console.info(summary(seen));
    expect(seen).toContain('old');
  });
});
