import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { connected, deploy, directClient, freshDatabase, object, planFor } from '../../../test/database.js';
import { leavesOf, tampered } from '../../../test/tampering.js';
import { planHashOf } from '../plan/plan-hash-of.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const { applyMigrations, introspect } = createSqliteSchemaDiff();
const BEFORE = object('account', { name: { type: 'text' } });
const AFTER = [
  object('account', { name: { type: 'text', unique: true }, city: { type: 'text' } }),
  object('contact', { account: { type: 'lookup', reference: 'account' } }),
];

const rehashed = (plan: MigrationPlan): MigrationPlan => ({ ...plan, planHash: planHashOf(plan) });

async function prepared() {
  const database = await freshDatabase([BEFORE]);
  return {
    ...database,
    plan: await planFor(database.driver, AFTER),
    before: await introspect(database.driver),
  };
}

describe('applyMigrations', () => {
  it('rejects a plan with any changed value, even if its hash is recomputed', async () => {
    const { driver, plan, before } = await prepared();
    const paths = leavesOf(plan);
    expect(paths.length).toBeGreaterThan(80);
    for (const path of paths) {
      const changed = tampered(plan, path);
      const candidates = path.includes('planHash') ? [changed] : [changed, rehashed(changed)];
      for (const candidate of candidates) {
        const code = await applyMigrations(driver, candidate).then(
          () => 'applied',
          (error) => error.code,
        );
        const stale = path.includes('baseSchemaHash');
        expect([stale ? 'plan_stale' : 'invalid_plan', 'invalid_plan'], path.join('/')).toContain(code);
      }
    }
    expect(await introspect(driver)).toEqual(before);
  });

  it('rejects a changed plan although the original was applied elsewhere', async () => {
    const { driver, plan, before } = await prepared();
    const elsewhere = await prepared();
    expect(elsewhere.plan).toEqual(plan);
    await applyMigrations(elsewhere.driver, elsewhere.plan);
    for (const path of leavesOf(plan).filter((path) => !path.includes('baseSchemaHash')))
      await expect(applyMigrations(driver, tampered(plan, path)), path.join('/')).rejects.toMatchObject({
        code: 'invalid_plan',
      });
    expect(await introspect(driver)).toEqual(before);
  });

  it('rejects a value that is not a plan with the hash of an applied plan', async () => {
    const { driver, plan } = await prepared();
    await applyMigrations(driver, plan);
    const { planHash, statements, diff } = plan;
    const broken: unknown[] = [
      { planHash },
      { planHash, diff: { objects: [] } },
      { ...plan, statements: undefined },
      { ...plan, statements: {} },
      { ...plan, diff: { ...diff, tables: [{}] } },
      { ...plan, statements: statements.map((statement) => ({ ...statement, args: [1n] })) },
    ];
    for (const candidate of broken)
      await expect(applyMigrations(driver, candidate as MigrationPlan)).rejects.toMatchObject({
        code: 'invalid_plan',
      });
  });

  it('rejects a plan with other statements although its hash is correct', async () => {
    const { driver, plan, before } = await prepared();
    const statements = plan.statements.map((statement, order) =>
      order === 0 ? { ...statement, sql: 'DROP TABLE account' } : statement,
    );
    await expect(applyMigrations(driver, rehashed({ ...plan, statements }))).rejects.toMatchObject({
      code: 'invalid_plan',
    });
    await expect(applyMigrations(driver, rehashed({ ...plan, statements: [] }))).rejects.toMatchObject({
      code: 'invalid_plan',
    });
    await expect(applyMigrations(driver, null as never)).rejects.toMatchObject({ code: 'invalid_plan' });
    await expect(applyMigrations(driver, {} as never)).rejects.toMatchObject({ code: 'invalid_plan' });
    expect(await introspect(driver)).toEqual(before);
  });

  it('accepts findings of a tenant, which the hash does not cover', async () => {
    const { driver, plan } = await prepared();
    const findings = [{ checkId: 'duplicates:x', rows: 3 }];
    expect(await applyMigrations(driver, { ...plan, findings })).toMatchObject({ outcome: 'applied' });
  });

  it('rejects a plan for another schema and changes nothing', async () => {
    const { driver, plan, path } = await prepared();
    await deploy(driver, [BEFORE, object('other', { a: { type: 'text' } })]);
    const between = await introspect(driver);
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
      code: 'plan_stale',
      details: { baseSchemaHash: plan.baseSchemaHash, schemaHash: between.schemaHash },
    });
    expect(await introspect(driver)).toEqual(between);
    await directClient(path).execute('CREATE TABLE by_hand (a TEXT)');
    const later = await planFor(driver, [
      BEFORE,
      object('other', { a: { type: 'text' }, b: { type: 'text' } }),
    ]);
    await directClient(path).execute('DROP TABLE by_hand');
    await expect(applyMigrations(driver, later)).rejects.toMatchObject({ code: 'plan_stale' });
  });

  it('detects DDL that runs between introspection and the transaction', async () => {
    const { driver, plan, path, before } = await prepared();
    const meddling = wrapped(driver, async (statements, run) => {
      if (statements.length > 8) await directClient(path).execute('CREATE TABLE by_hand (a TEXT)');
      return run();
    });
    await expect(applyMigrations(meddling, plan)).rejects.toMatchObject({ code: 'plan_stale' });
    expect((await introspect(driver)).objects).toEqual(before.objects);
  });

  it('recognizes the latest applied plan', async () => {
    const { driver, plan, url } = await prepared();
    const first = await applyMigrations(driver, plan, { deploymentId: 'first' });
    expect(first).toMatchObject({
      outcome: 'applied',
      deploymentId: 'first',
      statementsExecuted: plan.statements.length,
    });
    const second = await applyMigrations(await connected({ url }), plan, { deploymentId: 'second' });
    expect(second).toMatchObject({
      outcome: 'already_applied',
      deploymentId: 'first',
      statementsExecuted: 0,
    });
    expect(await driver.count('_os_deployment', {}, { system: true })).toBe(2);
  });

  it('recognizes that the plan was applied when the response is lost', async () => {
    const { driver, plan } = await prepared();
    const forgetful = wrapped(driver, async (statements, run) => {
      const results = await run();
      if (statements.length > 8) throw new Error('connection reset');
      return results;
    });
    const result = await applyMigrations(forgetful, plan, { deploymentId: 'mine' });
    expect(result).toMatchObject({ outcome: 'already_applied', deploymentId: 'mine' });
    expect((await introspect(driver)).schemaHash).toBe(plan.targetSchemaHash);
  });

  it('changes nothing when it fails at any statement', async () => {
    const { driver, plan, before } = await prepared();
    const count = plan.statements.length + 20;
    let failed = 0;
    for (let at = 0; at < count; at++) {
      const broken = wrapped(driver, (statements, run, write) => {
        if (statements.length <= 8 || at >= statements.length) return run();
        failed++;
        return write(
          statements.map((statement, index) =>
            index === at ? { sql: `SELECT json_extract('{}', 'nonsense')` } : statement,
          ),
        );
      });
      const code = await applyMigrations(broken, plan).then(
        ({ outcome }) => outcome,
        (error) => error.code,
      );
      if (code === 'applied') break;
      expect(code).toBe('sql_error');
      expect(await introspect(driver)).toEqual(before);
    }
    expect(failed).toBeGreaterThan(plan.statements.length);
  });

  it('does nothing when the caller has aborted', async () => {
    const { driver, plan, before } = await prepared();
    await expect(applyMigrations(driver, plan, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(await introspect(driver)).toEqual(before);
  });

  it('creates the system tables in a new database', async () => {
    const { driver } = await freshDatabase();
    await deploy(driver, [BEFORE]);
    expect((await introspect(driver)).objects).toEqual([{ owner: 'tenant', definition: BEFORE }]);
    expect(await driver.create('account', { name: 'a' })).toMatchObject({ name: 'a' });
  });
});

type Statements = Parameters<IDataDriver['executeAtomic']>[0];
type Results = ReturnType<IDataDriver['executeAtomic']>;

/** The driver with a changed executeAtomic. */
function wrapped(
  driver: IDataDriver,
  change: (statements: Statements, run: () => Results, write: (statements: Statements) => Results) => Results,
): IDataDriver {
  const executeAtomic: IDataDriver['executeAtomic'] = (statements, options) => {
    const write = (others: Statements) => driver.executeAtomic(others, options);
    return change(statements, () => write(statements), write);
  };
  return new Proxy(driver, {
    get(target, key) {
      if (key === 'executeAtomic') return executeAtomic;
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
