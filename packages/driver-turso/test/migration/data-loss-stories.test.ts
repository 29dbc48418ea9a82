import { describe, expect, it } from 'vitest';
import { planHashOf } from '../../src/migration/plan/plan-hash-of.js';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { contentOf, lookup, number, prepared, strict, text, thing, was } from '../change-case.js';
import { deploy, directClient, freshDatabase, object, planFor } from '../database.js';

const { applyMigrations, planRollback, runPreflight } = createSqliteSchemaDiff();
const account = object('account', { name: text });
const two = {
  thing: [
    { id: 't', a: 'x', b: 'y' },
    { id: 'u', a: 'z' },
  ],
};
const before = thing({ a: text, b: text });

describe('a known cause of data loss', () => {
  it('a table that is rebuilt does not store the name of a new column as data', async () => {
    const { driver } = await prepared({ before, records: two });
    await deploy(
      driver,
      thing({ a: strict, b: text, c: text, d: { ...number, storage: { notNull: true }, defaultValue: 7 } }),
    );
    expect(await driver.find('thing')).toMatchObject([
      { a: 'x', b: 'y', c: null, d: 7 },
      { a: 'z', b: null, c: null, d: 7 },
    ]);
  });

  it('an index does not stay on the name when two columns exchange theirs', async () => {
    const unique = { ...text, unique: true };
    const { driver } = await prepared({
      before: thing({ a: unique, b: text }),
      records: two,
    });
    await deploy(driver, thing({ a: { ...text, ...was('b') }, b: { ...unique, ...was('a') } }));
    expect(await driver.create('thing', { a: 'y', b: 'new' })).toMatchObject({ a: 'y' });
    await expect(driver.create('thing', { b: 'x' })).rejects.toMatchObject({
      code: 'unique_violation',
      details: { fields: ['b'] },
    });
  });

  it('a change of metadata cannot drop a table', async () => {
    const { driver, path } = await prepared({ before, records: two });
    const plan = await planFor(driver, thing({ a: text, b: { ...text, label: 'B' } }));
    const base = await contentOf(driver, path);
    const order = 0;
    const drop = {
      order,
      kind: 'drop_table' as const,
      changeId: 'change_object:thing',
      sql: 'DROP TABLE thing',
      args: [],
      risk: 'safe' as const,
      explanation: 'x',
      reversible: false as const,
    };
    const forged = { ...plan, statements: [drop] };
    await expect(applyMigrations(driver, { ...forged, planHash: planHashOf(forged) })).rejects.toMatchObject({
      code: 'invalid_plan',
    });
    expect(await contentOf(driver, path)).toEqual(base);
  });

  it('an object that arrives without fields does not lose its columns without an error', async () => {
    const { driver, path } = await prepared({ before, records: two });
    const base = await contentOf(driver, path);
    await expect(deploy(driver, thing({}))).rejects.toMatchObject({
      code: 'destructive_not_allowed',
      details: { changes: ['remove_field:thing.a', 'remove_field:thing.b'] },
    });
    expect(await contentOf(driver, path)).toEqual(base);
  });

  it('a second deployment of the same does not want to remove anything', async () => {
    const { driver } = await prepared({ before, records: two });
    await deploy(driver, thing({ a: text }), { allow: ['remove_field:thing.b'] });
    expect(await planFor(driver, thing({ a: text }))).toMatchObject({
      statements: [],
      diff: { objects: [], drift: [] },
    });
  });

  it('a column is not emptied, nor its table, when it must hold a value', async () => {
    const { driver, path } = await prepared({ before, records: two });
    const base = await contentOf(driver, path);
    await expect(deploy(driver, thing({ a: text, b: strict }))).rejects.toMatchObject({
      code: 'not_null_violation',
    });
    expect(await contentOf(driver, path)).toEqual(base);
  });

  it('a plan that an empty database takes does not pass on a filled one', async () => {
    const empty = await freshDatabase(before);
    const filled = await prepared({ before, records: two });
    const plan = await planFor(empty.driver, thing({ a: text, b: text, c: strict }));
    expect(await applyMigrations(empty.driver, plan)).toMatchObject({ outcome: 'applied' });
    expect(await runPreflight(filled.driver, plan)).toMatchObject([{ rows: 2 }]);
    await expect(applyMigrations(filled.driver, plan)).rejects.toMatchObject({ code: 'not_null_violation' });
    expect(await filled.driver.count('thing')).toBe(2);
  });

  it('an indexed column of another type does not hide its records', async () => {
    const indexed = (facts: object) => thing({ a: { ...facts, type: 'text', index: true } });
    const { driver, path } = await prepared({
      before: indexed({}),
      records: { thing: [{ a: '9' }, { a: '10' }] },
    });
    await deploy(driver, thing({ a: { ...number, index: true } }));
    expect(await driver.find('thing', { where: { a: 9 } })).toMatchObject([{ a: 9 }]);
    expect((await directClient(path).execute('PRAGMA integrity_check')).rows[0]?.[0]).toBe('ok');
  });

  it('values that became lookups of something else come back', async () => {
    const objects = (target: string) => [
      account,
      object('client', { name: text }),
      ...thing({ a: lookup(target) }),
    ];
    const { driver, path } = await prepared({
      before: objects('account'),
      records: { account: [{ id: 'p' }], client: [{ id: 'p' }], thing: [{ a: 'p' }] },
    });
    const base = await contentOf(driver, path);
    await deploy(driver, objects('client'));
    await applyMigrations(driver, await planRollback(driver));
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
  });

  it('a lookup is not forgotten when its target is removed and restored', async () => {
    const child = thing({ a: lookup('account', { deleteBehavior: 'cascade' }) });
    const { driver, path } = await prepared({
      before: [account, ...child],
      records: { account: [{ id: 'p', name: 'P' }], thing: [{ a: 'p' }] },
    });
    const base = await contentOf(driver, path);
    await deploy(driver, child, { allow: ['remove_object:account'] });
    expect(await driver.find('thing')).toMatchObject([{ a: 'p' }]);
    await applyMigrations(driver, await planRollback(driver));
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
  });
});
