import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import type { MigrationPlan } from '@objectstack/spec/system';
import { beforeEach, describe, expect, it } from 'vitest';
import { directClient, freshDatabase, object, planFor } from '../../../test/database.js';
import { tampered } from '../../../test/tampering.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const { applyMigrations, diff, generateMigrations, introspect, planRollback, readHistory } =
  createSqliteSchemaDiff();
const BEFORE = object('account', { name: { type: 'text' }, email: { type: 'email' } });

/** Each test has a plan of its own, because what was proven about a plan is kept. */
let cases = 0;
let after = BEFORE;
beforeEach(() => {
  after = object('account', {
    name: { type: 'text' },
    email: { type: 'email', unique: true },
    [`added_${++cases}`]: { type: 'number', index: true },
  });
});

/** The driver, and the calls that it receives. */
function counted(driver: IDataDriver) {
  const calls: (string | readonly SqlStatement[])[] = [];
  const recorded = new Proxy(driver, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls.push(key === 'executeAtomic' ? (args[0] as readonly SqlStatement[]) : String(key));
        return member.apply(target, args);
      };
    },
  });
  return { driver: recorded, calls };
}

interface Fleet {
  readonly plan: MigrationPlan;
  readonly drivers: readonly IDataDriver[];
  readonly paths: readonly string[];
  readonly apply: (index: number, options?: object) => ReturnType<typeof applyMigrations>;
}

/** Databases with the same base, to the first of which the plan was applied. */
async function fleet(size = 2, { desired = after, allow = [] as string[] } = {}): Promise<Fleet> {
  const databases = await Promise.all(Array.from({ length: size }, () => freshDatabase([BEFORE])));
  const drivers = databases.map(({ driver }) => driver);
  const plan = await planFor(drivers[0] as IDataDriver, [desired]);
  const bases = await Promise.all(drivers.map(async (driver) => (await introspect(driver)).deploymentId));
  const apply = (index: number, options = {}) =>
    applyMigrations(drivers[index] as IDataDriver, plan, {
      baseDeploymentId: bases[index] ?? null,
      ...options,
    });
  await apply(0, { allow });
  return { plan, drivers, paths: databases.map(({ path }) => path), apply };
}

describe('applyMigrations with baseDeploymentId', () => {
  it('applies a plan to a further database in one transaction, with the result of the first', async () => {
    const { plan, drivers } = await fleet();
    const [first, second] = drivers as [IDataDriver, IDataDriver];
    const { deploymentId: baseDeploymentId } = await introspect(second);
    const { driver, calls } = counted(second);
    const result = await applyMigrations(driver, plan, { baseDeploymentId, deploymentId: 'second' });
    expect(result).toMatchObject({ outcome: 'applied', deploymentId: 'second' });
    expect(result.statementsExecuted).toBe(plan.statements.length);
    expect(calls).toHaveLength(1);
    const { schemaHash, objects, planHash } = await introspect(first);
    expect(await introspect(second)).toMatchObject({ schemaHash, objects, planHash, deploymentId: 'second' });
    const [, entry] = await readHistory(second);
    const [, expected] = await readHistory(first);
    expect({ ...entry, id: '', appliedAt: '' }).toEqual({ ...expected, id: '', appliedAt: '' });
    await second.refresh();
    const record = await second.create('account', { [`added_${cases}`]: 1 });
    expect(record).toMatchObject({ [`added_${cases}`]: 1 });
  });

  it.each([
    'CREATE INDEX account_name ON account (name)',
    'ALTER TABLE account ADD COLUMN extra TEXT',
    "UPDATE _os_object SET definition = json_set(definition, '$.label', 'Account')",
    'CREATE VIEW _os_names AS SELECT name FROM account',
  ])('rejects a database that was changed outside of a deployment: %s', async (sql) => {
    const { drivers, paths, apply } = await fleet();
    await directClient(paths[1] as string).execute(sql);
    const before = await introspect(drivers[1] as IDataDriver);
    await expect(apply(1)).rejects.toMatchObject({ code: 'plan_stale' });
    expect(await introspect(drivers[1] as IDataDriver)).toEqual(before);
  });

  it('reads a database whose tables were adopted in another form', async () => {
    const { plan, drivers } = await fleet();
    const { driver, calls } = counted(drivers[1] as IDataDriver);
    const adopted = [{ name: 'account', columns: [], indexes: [], triggers: [], foreignKeys: [], sql: null }];
    const undo = JSON.stringify({ expired: [], baseline: true, adopted });
    await driver.executeAtomic([{ sql: 'UPDATE _os_deployment SET undo = ?', args: [undo] }]);
    const { deploymentId: baseDeploymentId } = await introspect(driver);
    const before = calls.length;
    expect(await applyMigrations(driver, plan, { baseDeploymentId })).toMatchObject({ outcome: 'applied' });
    expect(calls.length - before).toBeGreaterThan(1);
  });

  it('rejects a database with another latest deployment, although its schema is the same', async () => {
    const { drivers, apply } = await fleet();
    const before = await introspect(drivers[1] as IDataDriver);
    const first = { sql: `UPDATE _os_deployment SET id = 'another'` };
    await drivers[1]?.executeAtomic([first]);
    await expect(apply(1)).rejects.toMatchObject({ code: 'plan_stale' });
    expect((await introspect(drivers[1] as IDataDriver)).schemaHash).toBe(before.schemaHash);
  });

  it('does not repeat a plan that was applied before', async () => {
    const { drivers, apply } = await fleet();
    const { deploymentId } = await apply(1);
    expect(await apply(1)).toMatchObject({ outcome: 'already_applied', deploymentId });
    expect(await readHistory(drivers[1] as IDataDriver)).toHaveLength(2);
  });

  it('names the records that do not permit the change', async () => {
    const { drivers, apply } = await fleet();
    const driver = drivers[1] as IDataDriver;
    const ids = [];
    for (const name of ['a', 'b'])
      ids.push((await driver.create('account', { name, email: 'x@example.com' })).id);
    const before = await introspect(driver);
    const rejection = await apply(1).catch((error) => error);
    expect(rejection).toMatchObject({ code: 'unique_violation' });
    expect(JSON.stringify(rejection.details)).toContain(String(ids[0]));
    expect(await introspect(driver)).toEqual(before);
  });

  it('creates system tables that an earlier release did not create', async () => {
    const { drivers, apply } = await fleet(3);
    const drop = [{ sql: 'DROP TABLE _os_seed_record' }];
    for (const driver of drivers.slice(1)) await driver.executeAtomic(drop);
    for (const index of [1, 2]) {
      expect(await apply(index)).toMatchObject({ outcome: 'applied' });
      const { rows } = await (drivers[index] as IDataDriver).execute(
        'SELECT count(*) AS n FROM _os_seed_record',
      );
      expect(rows).toEqual([{ n: 0 }]);
    }
  });

  it('reads each database before a plan that retains data', async () => {
    const allow = ['remove_field:account.email'];
    const desired = object('account', { name: { type: 'text' } });
    const { drivers, apply } = await fleet(2, { desired, allow });
    const driver = drivers[1] as IDataDriver;
    await driver.create('account', { name: 'a', email: 'a@example.com' });
    await apply(1, { allow });
    const [{ undo } = { undo: '' }] = (await driver.execute('SELECT id AS undo FROM _os_undo')).rows;
    const { rows } = await driver.execute(`SELECT email FROM "${undo}"`);
    expect(rows).toEqual([{ email: 'a@example.com' }]);
  });

  it('leaves a database as it is in which a bundle without changes is in effect', async () => {
    const databases = await Promise.all([1, 2].map(() => freshDatabase([BEFORE])));
    const [first, second] = databases.map(({ driver }) => driver) as [IDataDriver, IDataDriver];
    const current = await introspect(first);
    const bundle = { checksum: 'c'.repeat(64), version: '1.0.0' };
    const plan = generateMigrations(diff(current, [BEFORE]), 'sqlite', { bundle });
    const applied = { outcome: 'applied' };
    expect(await applyMigrations(first, plan, { baseDeploymentId: current.deploymentId })).toMatchObject(
      applied,
    );
    expect(await applyMigrations(second, plan)).toMatchObject(applied);
    const later = generateMigrations(diff(await introspect(second), [object('other', {}), BEFORE]), 'sqlite');
    expect(await applyMigrations(second, later)).toMatchObject(applied);
    await applyMigrations(second, await planRollback(second), { allow: ['remove_object:other'] });
    const { deploymentId: baseDeploymentId } = await introspect(second);
    const unchanged = { outcome: 'unchanged', deploymentId: baseDeploymentId };
    expect(await applyMigrations(second, plan, { baseDeploymentId })).toMatchObject(unchanged);
  });

  it('deletes retained data whose window has ended', async () => {
    const { drivers, apply } = await fleet();
    const driver = drivers[1] as IDataDriver;
    await driver.executeAtomic([
      { sql: 'CREATE TABLE _os_undo_0123456789abcdef (id TEXT PRIMARY KEY)' },
      {
        sql: `INSERT INTO _os_undo (id, created_at, updated_at, object, deployment, expires_at)
          VALUES ('_os_undo_0123456789abcdef', '', '', 'account', '', '2000-01-01T00:00:00.000Z')`,
      },
    ]);
    expect(await apply(1, { purgeBefore: new Date() })).toMatchObject({ outcome: 'applied' });
    const { rows } = await driver.execute('SELECT count(*) AS n FROM _os_undo');
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('rejects a changed copy of a plan whose result was proven', async () => {
    const { plan, drivers } = await fleet();
    const driver = drivers[1] as IDataDriver;
    const { deploymentId: baseDeploymentId } = await introspect(driver);
    const changed = tampered(plan, ['statements', '0', 'sql']);
    await expect(applyMigrations(driver, changed, { baseDeploymentId })).rejects.toMatchObject({
      code: 'invalid_plan',
    });
  });
});
