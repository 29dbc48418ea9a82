import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, directClient, freshDatabase, object, planFor } from '../database.js';

const { applyMigrations, generateMigrations, planRollback, runPreflight, purgeRetained } =
  createSqliteSchemaDiff();
const DAY_MS = 86_400_000;
const text = { type: 'text' };
const lookup = { type: 'lookup', reference: 'account' };
const account = object('account', { name: text });
const sized = object('account', { name: text, size: text });
const withoutSize = { allow: ['remove_field:account.size'] };

const everything = ({ diff }: MigrationPlan) => [...diff.objects, ...diff.fields].map(({ id }) => id);

async function rollBack(driver: IDataDriver) {
  const plan = await planRollback(driver);
  return applyMigrations(driver, plan, { allow: everything(plan) });
}

async function rowsOf(path: string, sql: string) {
  const { columns, rows } = await directClient(path).execute(sql);
  return rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

describe('planRollback', () => {
  it.each(['set_null', 'cascade', 'restrict'])(
    'restores a removed object although the targets of its lookups (%s) were deleted since',
    async (deleteBehavior) => {
      const contact = object('contact', { name: text, account: { ...lookup, deleteBehavior } });
      const { driver, path } = await freshDatabase([account, contact]);
      const gone = await driver.create('account', { name: 'A' });
      const stays = await driver.create('account', { name: 'B' });
      await driver.create('contact', { name: 'c', account: gone.id });
      await driver.create('contact', { name: 'd', account: stays.id });
      await deploy(driver, [account], { allow: ['remove_object:contact'] });
      await driver.delete('account', gone.id);
      const findings = await runPreflight(driver, await planRollback(driver));
      expect(findings).toContainEqual(expect.objectContaining({ checkId: 'lost:contact.account', rows: 1 }));
      await rollBack(driver);
      expect(await rowsOf(path, 'SELECT name, account FROM contact ORDER BY name')).toEqual([
        { name: 'c', account: null },
        { name: 'd', account: stays.id },
      ]);
    },
  );

  it('restores objects that refer to each other', async () => {
    const zone = object('zone', { name: text, main: lookup });
    const site = object('account', { name: text, zone: { type: 'lookup', reference: 'zone' } });
    const { driver, path } = await freshDatabase([site, zone]);
    const { id } = await driver.create('zone', { name: 'Z' });
    const { id: main } = await driver.create('account', { name: 'A', zone: id });
    await driver.update('zone', id, { main });
    await deploy(driver, [], { allow: ['remove_object:account', 'remove_object:zone'] });
    await rollBack(driver);
    expect(await rowsOf(path, 'SELECT zone FROM account')).toEqual([{ zone: id }]);
    expect(await rowsOf(path, 'SELECT main FROM zone')).toEqual([{ main }]);
  });

  it('leaves an object alone that did not change, whatever its name', async () => {
    const fields = { name: text, keys: text, account: lookup };
    const thing = object('constructor', fields);
    const { driver, path } = await freshDatabase([thing]);
    await driver.create('constructor', { name: 'stays', keys: 'too' });
    await deploy(driver, [thing, account]);
    const plan = await planRollback(driver);
    expect(plan.diff.fields.filter(({ change }) => change !== 'modified')).toEqual([]);
    await rollBack(driver);
    expect(await rowsOf(path, 'SELECT name, keys FROM constructor')).toEqual([
      { name: 'stays', keys: 'too' },
    ]);
  });
});

describe('diff', () => {
  const deal = object('crm__deal', { name: text, account: lookup });

  it('refuses to remove what an app refers to', async () => {
    const { driver } = await freshDatabase([account]);
    await deploy(driver, [deal], { owner: 'crm' });
    await expect(deploy(driver, [], { allow: ['remove_object:account'] })).rejects.toMatchObject({
      code: 'object_conflict',
    });
    await expect(driver.create('crm__deal', { name: 'D' })).resolves.toMatchObject({ name: 'D' });
  });

  it('rejects removing an object to which a column refers that was added outside of a deployment', async () => {
    const { driver, path } = await freshDatabase([account, object('team', { name: text })]);
    await directClient(path).execute(
      'ALTER TABLE account ADD COLUMN team TEXT REFERENCES team(id) DEFERRABLE INITIALLY DEFERRED',
    );
    await expect(deploy(driver, [account], { allow: ['remove_object:team'] })).rejects.toMatchObject({
      code: 'object_conflict',
    });
    await expect(driver.create('account', { name: 'A' })).resolves.toMatchObject({ name: 'A' });
  });

  it('lets an app change after an object was added that it refers to', async () => {
    const other = object('other', { name: text });
    const { driver } = await freshDatabase([other]);
    await deploy(driver, [deal], { owner: 'crm' });
    await deploy(driver, [other, account]);
    const more = object('crm__deal', { name: text, account: lookup, more: text });
    await expect(deploy(driver, [more], { owner: 'crm' })).resolves.toMatchObject({ outcome: 'applied' });
  });

  it('refuses to rename what an app refers to, or lets the app change afterwards', async () => {
    const { driver } = await freshDatabase([account]);
    await deploy(driver, [deal], { owner: 'crm' });
    const client = object('client', { name: text }, { renamedFrom: 'account' });
    const error = await errorOf(deploy(driver, [client]));
    if (error) return expect(error).toMatchObject({ code: 'object_conflict' });
    const more = object('crm__deal', { name: text, account: lookup, more: text });
    await expect(deploy(driver, [more], { owner: 'crm' })).resolves.toMatchObject({ outcome: 'applied' });
  });
});

describe('purgeRetained', () => {
  it('does not purge data that is retained again under the same name at the same time', async () => {
    const { driver, path } = await freshDatabase([sized]);
    await driver.create('account', { name: 'A', size: 'L' });
    await deploy(driver, [account], withoutSize);
    await rollBack(driver);
    const inBetween: IDataDriver['executeAtomic'] = async (statements, options) => {
      racing.executeAtomic = driver.executeAtomic.bind(driver);
      await deploy(driver, [account], { ...withoutSize, retentionDays: 30 });
      return driver.executeAtomic(statements, options);
    };
    const racing = Object.create(driver, {
      execute: { value: driver.execute.bind(driver) },
      executeAtomic: { value: inBetween, writable: true },
    });
    await purgeRetained(racing, new Date(Date.now() + 8 * DAY_MS));
    await rollBack(driver);
    expect(await rowsOf(path, 'SELECT size FROM account')).toEqual([{ size: 'L' }]);
  });
});

describe('applyMigrations', () => {
  it.each([10_000_000, 1e12, Number.POSITIVE_INFINITY, Number.NaN, -1])(
    'rejects a retention of %d days',
    async (retentionDays) => {
      const { driver } = await freshDatabase([sized]);
      await expect(deploy(driver, [account], { ...withoutSize, retentionDays })).rejects.toMatchObject({
        code: 'invalid_request',
      });
    },
  );

  it('rejects with undo_expired if the retained data was purged after the rollback was planned', async () => {
    const { driver } = await freshDatabase([sized]);
    await deploy(driver, [account], withoutSize);
    const plan = await planRollback(driver);
    await purgeRetained(driver, new Date(Date.now() + 8 * DAY_MS));
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'undo_expired' });
  });

  it('refuses a rollback that takes its values from another table or a missing one', async () => {
    const { driver, path } = await freshDatabase([sized]);
    await driver.create('account', { name: 'A', size: 'L' });
    await deploy(driver, [account], withoutSize);
    await directClient(path).execute('CREATE TABLE _os_undo_0123456789abcdef (id TEXT, size TEXT)');
    const { diff } = await planRollback(driver);
    const { deploymentId = '', tables = [] } = diff.restores ?? {};
    const elsewhere = tables.map((table) => ({ ...table, name: '_os_undo_0123456789abcdef' }));
    for (const forged of [elsewhere, []]) {
      const plan = generateMigrations({ ...diff, restores: { deploymentId, tables: forged } }, 'sqlite');
      await expect(applyMigrations(driver, plan)).rejects.toMatchObject({ code: 'invalid_plan' });
    }
  });

  const TRIGGER = `CREATE TRIGGER marks AFTER UPDATE ON account
    BEGIN UPDATE account SET name = 'touched' WHERE id = NEW.id; END`;

  it('fires no trigger when it converts values', async () => {
    const { driver, path } = await freshDatabase([object('account', { name: text, day: { type: 'date' } })]);
    await driver.create('account', { name: 'A', day: '2026-01-31' });
    await directClient(path).execute(TRIGGER);
    await deploy(driver, [object('account', { name: text, day: { type: 'datetime' } })]);
    expect(await rowsOf(path, 'SELECT name, day FROM account')).toEqual([
      { name: 'A', day: '2026-01-31T00:00:00.000Z' },
    ]);
  });

  it('fires no trigger when it restores values', async () => {
    const { driver, path } = await freshDatabase([sized]);
    await driver.create('account', { name: 'A', size: 'L' });
    await directClient(path).execute(TRIGGER);
    await deploy(driver, [account], withoutSize);
    await rollBack(driver);
    expect(await rowsOf(path, 'SELECT name, size FROM account')).toEqual([{ name: 'A', size: 'L' }]);
  });

  it.each(['9007199254740993', '123456789012345678901'])(
    'refuses to make a number of %s, which no number holds',
    async (name) => {
      const { driver } = await freshDatabase([account]);
      await driver.create('account', { name });
      await expect(deploy(driver, [object('account', { name: { type: 'number' } })])).rejects.toMatchObject({
        code: 'conversion_failed',
      });
    },
  );

  it('counts no orphan that goes against one that comes', async () => {
    const old = object('old', { account: lookup });
    const { driver, path } = await freshDatabase([account, old, object('contact', { account: text })]);
    const client = directClient(path);
    await client.execute('PRAGMA foreign_keys = OFF');
    await client.execute(`INSERT INTO old VALUES ('o', '2026', '2026', 'no-such-id')`);
    await driver.create('contact', { account: 'no-such-id' });
    const plan = await planFor(driver, [account, object('contact', { account: lookup })]);
    await expect(applyMigrations(driver, plan, { allow: everything(plan) })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
  });
});

describe('runPreflight', () => {
  it.each([0, 1, 2])('counts the duplicates that a unique field begins with (%d)', async (defaultValue) => {
    const { driver } = await freshDatabase([account]);
    await driver.create('account', { name: 'A' });
    await driver.create('account', { name: 'B' });
    const size = { type: 'number', unique: true, defaultValue, storage: { notNull: true } };
    const plan = await planFor(driver, [object('account', { name: text, size })]);
    expect((await runPreflight(driver, plan)).map(({ rows }) => rows)).toContain(2);
  });
});

describe('retained data', () => {
  it('stays for its time although the same deployment is repeated', async () => {
    const { driver } = await freshDatabase([sized]);
    await driver.create('account', { id: 'a', name: 'A', size: 'L' });
    await deploy(driver, [account], withoutSize);
    await deploy(driver, [sized]);
    await driver.update('account', 'a', { size: 'M' });
    await deploy(driver, [account], withoutSize);
    const { rows } = await driver.execute('SELECT id FROM _os_undo ORDER BY id');
    const values = [];
    for (const { id } of rows) values.push(...(await driver.execute(`SELECT size FROM "${id}"`)).rows);
    expect(values).toEqual([{ size: 'M' }, { size: 'L' }]);
    await rollBack(driver);
    expect(await driver.findOne('account')).toMatchObject({ size: 'M' });
    expect(await purgeRetained(driver, new Date(Date.now() + 8 * DAY_MS))).toBe(2);
  });
});

describe('planRollback', () => {
  it('leads to the previous version of the same owner, even if another owner deployed in between', async () => {
    const { driver } = await freshDatabase();
    const checksum = (digit: string) => digit.repeat(64);
    const release = async (version: string, objects: Parameters<typeof planFor>[1], owner?: string) => {
      const { diff } = await planFor(driver, objects, owner ? { owner } : {});
      const bundle = { checksum: checksum(version), version: `${version}.0.0` };
      return applyMigrations(driver, generateMigrations(diff, 'sqlite', { bundle }), {
        allow: everything({ diff } as MigrationPlan),
      });
    };
    await release('1', [account]);
    await release('7', [object('crm__deal', { name: text })], 'crm');
    await deploy(driver, [object('account', { name: text, note: text })]);
    await release('2', [sized]);
    expect(await planRollback(driver)).toMatchObject({
      bundleVersion: '1.0.0',
      bundleChecksum: checksum('1'),
    });
  });
});
