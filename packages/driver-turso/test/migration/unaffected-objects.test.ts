import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { contentOf, lookup, prepared, strict, text, thing, was } from '../change-case.js';
import { deploy, directClient, freshDatabase, object, planFor } from '../database.js';

const { applyMigrations, introspect, runPreflight } = createSqliteSchemaDiff();
const before = thing({ a: text, b: text });
const rebuilt = thing({ a: strict, b: text });
const records = {
  thing: [
    { id: 't', a: 'x', b: 'y' },
    { id: 'u', a: 'z' },
  ],
};
const account = object('account', { name: text });

async function beside(...unmanagedSql: string[]) {
  const { driver, path } = await prepared({ before, records, unmanagedSql });
  return { driver, path, client: directClient(path) };
}

describe('an object that a migration does not change', () => {
  it('that is a view of a table that is rebuilt does not break', async () => {
    const { driver, client } = await beside('CREATE VIEW seen AS SELECT a FROM thing ORDER BY a');
    await deploy(driver, rebuilt);
    expect((await client.execute('SELECT a FROM seen')).rows.map(({ a }) => a)).toEqual(['x', 'z']);
  });

  it('that is a trigger does not fire while its table is copied', async () => {
    const { driver, client } = await beside(
      'CREATE TABLE log (id)',
      ...['INSERT', 'DELETE'].map(
        (event) =>
          `CREATE TRIGGER on_${event} AFTER ${event} ON thing BEGIN INSERT INTO log VALUES ('${event}'); END`,
      ),
    );
    await deploy(driver, rebuilt);
    expect((await client.execute('SELECT * FROM log')).rows).toEqual([]);
    await driver.delete('thing', 't');
    expect((await client.execute('SELECT id FROM log')).rows).toMatchObject([{ id: 'DELETE' }]);
  });

  it('that is a trigger which writes the name of its table in another case does not get lost', async () => {
    const { driver } = await beside('CREATE TRIGGER loud AFTER UPDATE ON THING BEGIN SELECT 1; END');
    const drift = createSqliteSchemaDiff().findDrift(await introspect(driver));
    expect(drift).toMatchObject([{ table: 'thing', kind: 'trigger', name: 'loud' }]);
    await deploy(driver, rebuilt);
    expect((await introspect(driver)).tables).toMatchObject([{ triggers: [{ name: 'loud' }] }]);
  });

  it('that is a trigger of another table does not name what is gone', async () => {
    const { driver, client } = await beside(
      'CREATE TABLE log (id)',
      'CREATE TRIGGER watch AFTER INSERT ON log BEGIN DELETE FROM thing WHERE id = new.id; END',
    );
    await deploy(driver, rebuilt);
    await client.execute("INSERT INTO log VALUES ('t')");
    expect(await driver.find('thing')).toMatchObject([{ id: 'u' }]);
  });

  it('that refers to a record is not deleted when a single statement is undone with foreign keys on', async () => {
    const child = object('child', { thing: { ...lookup('thing'), deleteBehavior: 'cascade' } });
    const { driver } = await prepared({
      before: [...before, child],
      records: { ...records, child: [{ id: 'c', thing: 't' }] },
    });
    const plan = await planFor(driver, [...thing({ a: text }), child]);
    await applyMigrations(driver, plan, { allow: plan.diff.fields.map(({ id }) => id) });
    const drop = plan.statements.find(({ kind }) => kind === 'drop_column');
    const back = drop?.reversible ? drop.rollback : [];
    await expect(driver.executeAtomic(back)).rejects.toMatchObject({
      details: { guard: 'OS_FOREIGN_KEYS_ON' },
    });
    await driver.executeAtomic(back, { foreignKeys: 'off' });
    const [table, children] = await Promise.all([introspect(driver), driver.find('child')]);
    expect(table.tables.find(({ name }) => name === 'thing')?.columns.map(({ name }) => name)).toContain('b');
    expect(children).toMatchObject([{ id: 'c', thing: 't' }]);
  });

  it('that is a check does not get lost', async () => {
    const { driver, client } = await beside(
      "ALTER TABLE thing ADD COLUMN theirs TEXT CHECK (theirs <> 'no')",
    );
    await deploy(driver, rebuilt);
    await expect(client.execute("UPDATE thing SET theirs = 'no'")).rejects.toThrow();
  });

  it('that has AUTOINCREMENT keeps its counter', async () => {
    const { driver, client } = await beside(
      'CREATE TABLE log (n INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT REFERENCES thing(id) ON DELETE CASCADE)',
      "INSERT INTO log VALUES (500, 't')",
    );
    await deploy(driver, rebuilt);
    await client.execute('DELETE FROM log');
    await client.execute('INSERT INTO log (t) VALUES (NULL)');
    expect((await client.execute('SELECT n FROM log')).rows).toMatchObject([{ n: 501 }]);
  });

  it('that is a number of records is not given twice', async () => {
    const no = { type: 'autonumber', format: 'T-{0}' };
    const { driver } = await prepared({
      before: thing({ no, a: text }),
      records: { thing: [{ id: 't' }, { id: 'u' }] },
    });
    await driver.delete('thing', 'u');
    await deploy(driver, [object('item', { number: { ...no, ...was('no') }, a: text }, was('thing'))]);
    expect(await driver.create('item', {})).toMatchObject({ number: 'T-3' });
  });

  it('that is a broken view does not let half of a rename through', async () => {
    const { driver, path } = await beside(
      'CREATE TABLE log (n)',
      'CREATE VIEW seen AS SELECT n FROM log',
      'DROP TABLE log',
    );
    const base = await contentOf(driver, path);
    for (const after of [
      thing({ a: text, c: { ...text, ...was('b') } }),
      [object('item', { a: text, b: text }, was('thing'))],
    ]) {
      const refusal = { code: 'object_conflict', details: { view: 'seen' } };
      await expect(deploy(driver, after)).rejects.toMatchObject(refusal);
      await expect(runPreflight(driver, await planFor(driver, after))).rejects.toMatchObject(refusal);
      expect(await contentOf(driver, path)).toEqual(base);
    }
    expect(await deploy(driver, rebuilt)).toMatchObject({ outcome: 'applied' });
  });

  it('named like retained data is not removed', async () => {
    const { driver } = await beside();
    await deploy(driver, thing({ a: text }), { allow: ['remove_field:thing.b'] });
    await deploy(driver, [], { allow: ['remove_object:thing'] });
    expect(await introspect(driver)).toMatchObject({ tables: [], objects: [] });
    expect(
      (
        await driver.execute(
          "SELECT name FROM sqlite_schema WHERE name LIKE '\\_os\\_undo\\_%' ESCAPE '\\' AND type = 'table'",
        )
      ).rows,
    ).toHaveLength(2);
    expect((await planFor(driver, [])).statements).toEqual([]);
  });

  it('that belongs to another owner does not lose what it refers to', async () => {
    const { driver } = await freshDatabase([account]);
    await deploy(driver, [object('crm__contact', { account: lookup('account') })], { owner: 'crm' });
    await expect(deploy(driver, [], { allow: ['remove_object:account'] })).rejects.toMatchObject({
      code: 'object_conflict',
      details: { object: 'account' },
    });
    expect(await driver.create('crm__contact', {})).toMatchObject({ account: null });
  });

  it('named like SQL keywords remains readable', async () => {
    const { driver, path } = await freshDatabase([object('order', { group: text })]);
    await driver.create('order', { group: 'g' });
    await deploy(driver, [
      object('order', {
        group: text,
        references: lookup('order'),
        default: { ...text, storage: { notNull: true }, defaultValue: 'd' },
      }),
    ]);
    expect(
      (await directClient(path).execute('SELECT "group", "references", "default" FROM "order"')).rows,
    ).toMatchObject([{ group: 'g', references: null, default: 'd' }]);
    expect(
      await applyMigrations(
        driver,
        await planFor(driver, [
          object('order', { group: strict, references: lookup('order'), default: text }),
        ]),
        { allow: ['change_field:order.default'] },
      ),
    ).toMatchObject({ outcome: 'applied' });
  });
});
