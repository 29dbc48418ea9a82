import { runSteps } from '@objectstack/spec/shared';
import { expect } from 'vitest';
import { draftPlan } from '../../src/migration/plan/generate-migrations.js';
import { planHashOf } from '../../src/migration/plan/plan-hash-of.js';
import { deploy, directClient, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { wrappedDriver } from '../wrapped-driver.js';
import {
  applyMigrations,
  codeOf,
  databaseWith,
  expectRefusal,
  introspect,
  strict,
  text,
  to,
} from './checks.js';

const BEFORE = [object('parent', { name: text }), object('child', { parent: to('parent', 'cascade') })];
const AFTER = [object('parent', { name: text, more: text }), BEFORE[1] as (typeof BEFORE)[number]];
const STRICT = [object('parent', { name: strict }), BEFORE[1] as (typeof BEFORE)[number]];
let runs = 0;

async function prepared(after = AFTER) {
  const database = await databaseWith(BEFORE, { parent: [{ name: 'a' }] });
  await database.driver.create('child', { parent: (await database.driver.find('parent'))[0]?.id });
  return { ...database, plan: await planFor(database.driver, after) };
}

/** Scenarios in which a plan is rejected or aborted. */
export const GUARD_SCENARIOS = {
  async 'DDL after planning'() {
    const { driver, path, plan } = await prepared();
    const meddling = wrappedDriver(driver, async ({ run }) => {
      await directClient(path).execute('CREATE TABLE theirs (a TEXT)');
      return run();
    });
    expect(await codeOf(applyMigrations(meddling, plan))).toBe('plan_stale');
  },

  async 'a deployment after planning'() {
    const { driver, plan } = await prepared();
    const words = [object('parent', { name: { ...text, label: 'Name' } }), ...BEFORE.slice(1)];
    const meddling = wrappedDriver(driver, async ({ run }) => {
      await deploy(driver, words);
      return run();
    });
    expect(await codeOf(applyMigrations(meddling, plan))).toBe('plan_stale');
    expect((await introspect(driver)).deploymentId).not.toBeNull();
  },

  async 'a driver that does not disable foreign keys'() {
    const { driver, plan } = await prepared(STRICT);
    const deaf = wrappedDriver(driver, ({ statements }) => driver.executeAtomic(statements));
    await expectRefusal(driver, 'plan_stale', () => applyMigrations(deaf, plan));
  },

  async 'a lookup that refers to nothing'() {
    const child = object('child', { link: to('target') });
    const { driver } = await databaseWith([child], { child: [{ link: 'no-such-id' }] });
    const plan = await planFor(driver, [child, object('target', { name: text })]);
    await expectRefusal(driver, 'foreign_key_violation', () => applyMigrations(driver, plan));
  },

  async 'an invalid view'() {
    const { driver, path } = await prepared();
    await directClient(path).executeMultiple(
      'CREATE TABLE log (n); CREATE VIEW seen AS SELECT n FROM log; DROP TABLE log',
    );
    const renamed = [object('parent', { title: { ...text, renamedFrom: 'name' } }), ...BEFORE.slice(1)];
    const plan = await planFor(driver, renamed);
    await expectRefusal(driver, 'object_conflict', () => applyMigrations(driver, plan));
  },

  async 'a record that is deleted while foreign keys are disabled'() {
    const { driver, plan } = await prepared(STRICT);
    const meddling = wrappedDriver(driver, ({ statements, run }) =>
      run([...statements.slice(0, -1), { sql: 'DELETE FROM "parent"' }, ...statements.slice(-1)]),
    );
    await expectRefusal(driver, 'foreign_key_violation', () => applyMigrations(meddling, plan));
  },

  async 'an orphan that hides another'() {
    const [child, target] = [object('child', { link: text }), object('target', { name: text })];
    const old = object('old', { link: to('target') });
    const { driver, path } = await databaseWith([target, old, child], { child: [{ link: 'no-such-id' }] });
    await directClient(path).executeMultiple(
      `PRAGMA foreign_keys = OFF; INSERT INTO old VALUES ('o', '2026', '2026', 'no-such-id')`,
    );
    const plan = await planFor(driver, [target, object('child', { link: to('target') })]);
    const options = { allow: losses(plan) };
    await expectRefusal(driver, 'foreign_key_violation', () => applyMigrations(driver, plan, options));
  },

  async 'a foreign key that was broken before'() {
    const { driver, path, plan } = await prepared(STRICT);
    await directClient(path).executeMultiple(
      'PRAGMA foreign_keys = OFF; CREATE TABLE theirs (a TEXT REFERENCES theirs(a), UNIQUE (a)); CREATE TABLE more (a TEXT REFERENCES theirs(a)); INSERT INTO more VALUES (1)',
    );
    const again = await planFor(driver, STRICT);
    expect(again.planHash).not.toBe(plan.planHash);
    expect(await codeOf(applyMigrations(driver, again))).toBe('done');
  },

  async 'a plan that was changed'() {
    const { driver, plan } = await prepared();
    const sql = `DROP TABLE parent -- ${runs++}`;
    const statements = plan.statements.map((statement) => ({ ...statement, sql }));
    const changed = { ...plan, statements };
    const hashed = { ...changed, planHash: planHashOf(changed) };
    for (const candidate of [changed, hashed])
      await expectRefusal(driver, 'invalid_plan', () => applyMigrations(driver, candidate));
  },

  async 'a plan whose diff was changed'() {
    const { driver, plan } = await prepared();
    const targetSchemaHash = plan.targetSchemaHash.replace(/.{8}$/, String(runs++).padStart(8, '0'));
    const draft = runSteps(draftPlan({ ...plan.diff, targetSchemaHash }, 'sqlite'));
    const changed = { ...draft, planHash: planHashOf(draft) };
    await expectRefusal(driver, 'invalid_plan', () => applyMigrations(driver, changed));
  },

  async 'a plan for another schema'() {
    const { driver, plan } = await prepared();
    await deploy(driver, [...BEFORE, object('more', { name: text })]);
    await expectRefusal(driver, 'plan_stale', () => applyMigrations(driver, plan));
  },

  async 'a plan that ran already'() {
    const { driver, plan } = await prepared();
    const forgetful = wrappedDriver(driver, async ({ run }) => {
      await run();
      throw new Error('The answer is lost.');
    });
    for (const each of [forgetful, driver])
      expect(await applyMigrations(each, plan)).toMatchObject({ outcome: 'already_applied' });
  },

  async 'a transaction that would last too long'() {
    const { driver, plan } = await prepared(STRICT);
    await driver.bulkCreate(
      'parent',
      Array.from({ length: 200 }, () => ({ name: 'b' })),
    );
    Object.defineProperty(driver, 'supports', { value: { ...driver.supports, lockBudgetMs: 1 } });
    await expectRefusal(driver, 'exceeds_lock_budget', () => applyMigrations(driver, plan));
  },

  async 'a database that executes other statements'() {
    const { driver, plan } = await prepared();
    const lossy = wrappedDriver(driver, ({ statements, run }) =>
      run(
        statements.map((statement) => (statement.sql.startsWith('ALTER') ? { sql: 'SELECT 1' } : statement)),
      ),
    );
    expect(await codeOf(applyMigrations(lossy, plan, { allow: losses(plan) }))).toBe('schema_mismatch');
  },
} as const;
