import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { sampledIt, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { lookup, number, strict, text, thing, was } from '../change-case.js';
import { deploy, object, planFor } from '../database.js';
import { meddlingWithMigrations } from '../meddling.js';
import { sharedSqld, transports } from '../transports.js';

const { applyMigrations, introspect, planRollback } = createSqliteSchemaDiff();
const ACTIONS = ['cascade', 'set_null', 'restrict'];
const account = (name: Record<string, unknown>) => object('account', { name });
const child = (deleteBehavior: string) =>
  object('contact', { account: lookup('account', { deleteBehavior, index: true }), note: text });

async function recordsOf(driver: IDataDriver, objects: readonly ObjectDefinition[]) {
  const orderBy = [{ field: 'id', order: 'asc' as const }];
  return Promise.all(objects.map(({ name }) => driver.find(name, { orderBy })));
}

async function family(driver: IDataDriver, objects: readonly ObjectDefinition[]) {
  await deploy(driver, objects);
  await driver.create('account', { id: 'p', name: '1' });
  await driver.bulkCreate('contact', [{ id: 'c', account: 'p', note: 'n' }, { id: 'd' }]);
  return recordsOf(driver, objects);
}

describe.each(transports(sharedSqld()))('a migration of $name', ({ name, open }) => {
  /** Every test on a file, some of them in memory and on a server, unless tests are exhaustive. */
  const every = name === 'a file' ? 1 : 4;
  const test = sampledIt(it, every, Number(name === 'memory'));

  it.each(sampleOf(ACTIONS, every))(
    'does not touch the children of a parent that is rebuilt: %s',
    async (action) => {
      const driver = await open();
      const before = await family(driver, [account(text), child(action)]);
      await deploy(driver, [account(strict), child(action)]);
      expect(await recordsOf(driver, [account(text), child(action)])).toEqual(before);
    },
  );

  test('does not leave foreign keys unenforced', async () => {
    const driver = await open();
    await family(driver, [account(text), child('restrict')]);
    await deploy(driver, [account(strict), child('restrict')]);
    await expect(driver.create('contact', { account: 'no-such-id' })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    await expect(driver.delete('account', 'p')).rejects.toMatchObject({ code: 'foreign_key_violation' });
  });

  test('does not drop a parent where foreign keys cannot be switched off', async () => {
    const driver = await open();
    const objects = [account(text), child('cascade')];
    const before = await family(driver, objects);
    const stubborn = meddlingWithMigrations(
      driver,
      (run) => (statements, options) => run(statements, { ...options, foreignKeys: 'on' }),
    );
    await expect(deploy(stubborn, [account(strict), child('cascade')])).rejects.toMatchObject({
      code: 'plan_stale',
    });
    expect(await recordsOf(driver, objects)).toEqual(before);
  });

  test('does not lose a value when parent and children are rebuilt at once', async () => {
    const driver = await open();
    const before = await family(driver, [account(text), child('cascade')]);
    await deploy(driver, [
      account(number),
      object('contact', { account: lookup('account'), note: { type: 'tags' } }),
    ]);
    const [parents, children] = await recordsOf(driver, [account(number), child('cascade')]);
    expect(parents).toMatchObject([{ id: 'p', name: 1 }]);
    expect(children).toMatchObject([
      { id: 'c', account: 'p', note: ['n'] },
      { id: 'd', account: null },
    ]);
    await applyMigrations(driver, await planRollback(driver));
    expect(await recordsOf(driver, [account(text), child('cascade')])).toEqual(before);
  });

  test('does not run again when its response was lost', async () => {
    const driver = await open();
    await family(driver, [account(text), child('cascade')]);
    const plan = await planFor(driver, [
      object('client', { name: strict }, was('account')),
      object('contact', { account: lookup('client'), note: text }),
    ]);
    const forgetful = meddlingWithMigrations(driver, (run) => async (statements, options) => {
      await run(statements, options);
      throw new Error('connection reset');
    });
    expect(await applyMigrations(forgetful, plan)).toMatchObject({ outcome: 'already_applied' });
    const done = await recordsOf(driver, [object('client', {}), child('cascade')]);
    expect(done[0]).toMatchObject([{ id: 'p', name: '1' }]);
    expect(await applyMigrations(driver, plan)).toMatchObject({
      outcome: 'already_applied',
      statementsExecuted: 0,
    });
    expect(await recordsOf(driver, [object('client', {}), child('cascade')])).toEqual(done);
  });

  test('does not leave a partial change when any statement fails', async () => {
    const driver = await open();
    const before = await family(driver, [account(text), child('cascade')]);
    const schema = await introspect(driver);
    const plan = await planFor(driver, [
      account(strict),
      object('contact', { account: lookup('account'), note: { type: 'json' } }),
    ]);
    for (let place = 0, failed = true; failed; place++) {
      const broken = meddlingWithMigrations(driver, (run) => (statements, options) => {
        failed = place < statements.length;
        const spoilt = statements.map((statement, index) =>
          index === place ? { sql: `SELECT json_extract('{}', 'nonsense')` } : statement,
        );
        return run(failed ? spoilt : [{ sql: `SELECT json_extract('{}', 'nonsense')` }], options);
      });
      await expect(applyMigrations(broken, plan)).rejects.toMatchObject({ code: 'sql_error' });
      expect(await introspect(driver)).toEqual(schema);
    }
    expect(await recordsOf(driver, [account(text), child('cascade')])).toEqual(before);
    expect((await driver.execute("SELECT name FROM sqlite_schema WHERE name LIKE '%tmp%'")).rows).toEqual([]);
    expect(await applyMigrations(driver, plan)).toMatchObject({ outcome: 'applied' });
  });

  test('does not lose what is written while it runs', async () => {
    const driver = await open();
    await deploy(driver, thing({ a: text }));
    const ids = Array.from({ length: 30 }, (_, index) => `t${index}`);
    const writes = ids.map((id) => driver.create('thing', { id, a: id }));
    await deploy(driver, thing({ a: text, b: { ...strict, defaultValue: 'd' } }));
    const written = (await Promise.all(writes)).map(({ id }) => id);
    expect((await driver.find('thing')).map(({ id }) => id).sort()).toEqual(written.sort());
  });

  test('does not run twice in concurrent calls', async () => {
    const driver = await open();
    await deploy(driver, thing({ a: text }));
    const plans = await Promise.all(
      ['b', 'c', 'd'].map((name) => planFor(driver, thing({ a: text, [name]: text }))),
    );
    const codes = await Promise.all(
      plans.map((plan) =>
        applyMigrations(driver, plan).then(
          ({ outcome }) => outcome,
          ({ code }) => code,
        ),
      ),
    );
    expect(codes.sort()).toEqual(['applied', 'plan_stale', 'plan_stale']);
    expect(Object.keys((await introspect(driver)).objects[0]?.definition.fields ?? {})).toHaveLength(2);
  });
});
