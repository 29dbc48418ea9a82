import type { DriverQuotas, IDataDriver } from '@objectstack/spec/contracts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deploy, freshDatabase, object, planFor } from '../../test/database.js';
import { wrappedDriver } from '../../test/wrapped-driver.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';
import { createTursoDriver } from './create-turso-driver.js';

const NOTE = object('note', { body: { type: 'text' }, number: { type: 'autonumber', format: 'N-{000}' } });
const ITEM = object('item', {
  note: { type: 'lookup', reference: 'note', deleteBehavior: 'cascade' },
  code: { type: 'text', unique: true },
});

/** A driver with quotas that a test can change, on a database with both objects. */
async function limited(quotas: DriverQuotas) {
  const database = await freshDatabase([NOTE, ITEM]);
  const current = { quotas };
  const open = async () => {
    const driver = createTursoDriver({ url: database.url }, { quotas: () => current.quotas });
    await driver.connect();
    onTestFinished(() => driver.disconnect());
    return driver;
  };
  return { ...database, current, open, limited: await open() };
}

const notes = (count: number) => Array.from({ length: count }, (_, index) => ({ body: `n${index}` }));
const full = (usage: number, requested = 1, maximum = 3) => ({
  code: 'quota_exceeded',
  details: { quota: 'maxRecordsPerObject', object: 'note', maximum, usage, requested },
});

async function inTransaction(driver: IDataDriver, work: (transaction: { id: string }) => Promise<unknown>) {
  const transaction = await driver.beginTransaction();
  try {
    await work(transaction);
  } finally {
    await driver.rollback(transaction);
  }
}

describe('maxRecordsPerObject', () => {
  it('limits create, and counts each object on its own', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 3 });
    for (const note of notes(3)) await driver.create('note', note);
    await expect(driver.create('note', {})).rejects.toMatchObject(full(3));
    await driver.create('item', {});
    expect(await driver.count('note')).toBe(3);
  });

  it('rejects a bulk write before it starts', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 3 });
    await driver.create('note', {});
    await expect(driver.bulkCreate('note', notes(3))).rejects.toMatchObject(full(1, 3));
    expect(await driver.count('note')).toBe(1);
    expect((await driver.bulkCreate('note', notes(2))).map(({ number }) => number)).toEqual([
      'N-002',
      'N-003',
    ]);
    await expect(driver.bulkCreate('note', notes(1))).rejects.toMatchObject(full(3));
    expect(await driver.bulkCreate('note', [])).toEqual([]);
  });

  it('limits an upsert that adds a record, and not one that updates', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 1 });
    await driver.upsert('item', { code: 'a' }, ['code']);
    await driver.upsert('item', { code: 'a' }, ['code']);
    await expect(driver.upsert('item', { code: 'b' }, ['code'])).rejects.toMatchObject({
      code: 'quota_exceeded',
    });
    expect(await driver.count('item')).toBe(1);
  });

  it('limits writes in a transaction, which stays usable', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 3 });
    await inTransaction(driver, async (transaction) => {
      await driver.bulkCreate('note', notes(3), { transaction });
      await expect(driver.create('note', {}, { transaction })).rejects.toMatchObject(full(3));
      expect(await driver.count('note', {}, { transaction })).toBe(3);
    });
    expect(await driver.count('note')).toBe(0);
    expect(await driver.bulkCreate('note', notes(3))).toHaveLength(3);
  });

  it('permits reading, updating and deleting at the limit, and makes room for what was deleted', async () => {
    const { limited: driver, current } = await limited({});
    const created = await driver.bulkCreate('note', notes(5));
    current.quotas = { maxRecordsPerObject: 3 };
    await expect(driver.create('note', {})).rejects.toMatchObject(full(5));
    expect(await driver.find('note')).toHaveLength(5);
    await driver.update('note', String(created[0]?.id), { body: 'new' });
    await driver.delete('note', String(created[0]?.id));
    await driver.bulkDelete('note', [String(created[1]?.id)]);
    await expect(driver.create('note', {})).rejects.toMatchObject(full(3));
    await driver.deleteMany('note', { where: { body: 'n2' } });
    await driver.create('note', {});
  });

  it('counts cascading deletes, raw SQL, and drivers without quotas', async () => {
    const { limited: driver, driver: unlimited } = await limited({ maxRecordsPerObject: 3 });
    const [note] = await driver.bulkCreate('note', notes(1));
    await driver.bulkCreate('item', [{ note: note?.id }, { note: note?.id }, {}]);
    await driver.delete('note', String(note?.id));
    await driver.bulkCreate('item', [{}, {}]);
    await expect(driver.create('item', {})).rejects.toMatchObject({ code: 'quota_exceeded' });
    await driver.execute('DELETE FROM item');
    await unlimited.create('item', {});
    await driver.execute(
      "INSERT INTO item (id, created_at, updated_at) SELECT 'raw', created_at, updated_at FROM item",
    );
    await driver.create('item', {});
    await expect(driver.create('item', {})).rejects.toMatchObject({ details: { usage: 3 } });
  });

  it('counts again before it rejects, because raw SQL can replace records', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 3 });
    await driver.create('item', { id: 'a' });
    const columns = '(id, created_at, updated_at)';
    for (let round = 0; round < 4; round++)
      await driver.execute(`INSERT OR REPLACE INTO item ${columns} VALUES ('a', '2026', '2026')`);
    await driver.bulkCreate('item', [{}, {}]);
    await expect(driver.create('item', {})).rejects.toMatchObject({ details: { usage: 3 } });
  });

  it('counts correctly after a deployment that rebuilds, renames and replaces tables', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 3 });
    await driver.bulkCreate('note', notes(2));
    await driver.bulkCreate('item', [{}]);
    const memo = object('memo', NOTE.fields, { renamedFrom: 'note' });
    const strict = object('item', { code: { type: 'number', unique: true } });
    await deploy(driver, [memo, strict], {
      allow: ['remove_field:item.note', 'change_field:item.code'],
    } as never);
    const created = await driver.bulkCreate('memo', [{}]);
    await expect(driver.create('memo', {})).rejects.toMatchObject({ details: { object: 'memo', usage: 3 } });
    await driver.delete('memo', String(created[0]?.id));
    await driver.create('memo', {});
    await driver.bulkCreate('item', [{}, {}]);
    await expect(driver.create('item', {})).rejects.toMatchObject({ details: { object: 'item', usage: 3 } });
    await deploy(driver, [memo, strict, NOTE]);
    await driver.bulkCreate('note', notes(3));
    await expect(driver.create('note', {})).rejects.toMatchObject(full(3));
    await expect(driver.create('memo', {})).rejects.toMatchObject({ details: { object: 'memo', usage: 3 } });
  });

  it('is never exceeded by concurrent writers, and used completely', async () => {
    const { limited: one, open } = await limited({ maxRecordsPerObject: 10 });
    const drivers = [one, await open(), await open()];
    const writes = Array.from({ length: 60 }, (_, index) => drivers[index % 3]?.create('note', {}));
    const settled = await Promise.allSettled(writes);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await one.count('note')).toBe(10);
  });

  it('changes no schema when it rejects, so that a tenant at its limit can deploy', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 1 });
    await driver.create('note', {});
    const before = await createSqliteSchemaDiff().introspect(driver);
    for (let round = 0; round < 3; round++)
      await expect(driver.create('note', {})).rejects.toMatchObject({ code: 'quota_exceeded' });
    expect((await createSqliteSchemaDiff().introspect(driver)).schemaVersion).toBe(before.schemaVersion);
  });

  it('makes no plan stale that is applied while records are counted for the first time', async () => {
    const { limited: driver, open } = await limited({ maxRecordsPerObject: 3 });
    const other = await open();
    const plan = await planFor(driver, [NOTE, ITEM, object('tag', {})]);
    const objects = ['note', 'item'];
    const meddling = wrappedDriver(driver, async ({ run }) => {
      const next = objects.shift();
      if (next) await other.create(next, {});
      return run();
    });
    const { applyMigrations } = createSqliteSchemaDiff();
    expect(await applyMigrations(meddling, plan)).toMatchObject({ outcome: 'applied' });
    expect(objects).toEqual([]);
    await driver.create('tag', {});
  });

  it('of 0 permits none', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 0 });
    await expect(driver.create('note', {})).rejects.toMatchObject(full(0, 1, 0));
  });

  it('is no drift of the schema', async () => {
    const { limited: driver } = await limited({ maxRecordsPerObject: 3 });
    const before = await createSqliteSchemaDiff().introspect(driver);
    await driver.create('note', {});
    const after = await createSqliteSchemaDiff().introspect(driver);
    expect(after.schemaHash).toBe(before.schemaHash);
    expect(after.tables).toEqual(before.tables);
  });
});

const LARGE = 'x'.repeat(200_000);

describe('maxStorageBytes', () => {
  const usedBytes = async (driver: IDataDriver) => {
    const { rows } = await driver.execute(
      'SELECT (a.page_count - b.freelist_count) * c.page_size AS bytes FROM temp.pragma_page_count() AS a, temp.pragma_freelist_count() AS b, temp.pragma_page_size() AS c',
    );
    return Number(rows[0]?.bytes);
  };

  it('rejects writes that do not fit, and permits reading, deleting and clearing values', async () => {
    const { limited: driver, current } = await limited({});
    const [one, two] = await driver.bulkCreate('note', [{ body: LARGE }, { body: LARGE }]);
    const usage = await usedBytes(driver);
    current.quotas = { maxStorageBytes: usage + 1_000 };
    const refusal = {
      code: 'quota_exceeded',
      details: { quota: 'maxStorageBytes', usage, maximum: usage + 1_000 },
    };
    const id = String(one?.id);
    await expect(driver.create('note', { body: LARGE })).rejects.toMatchObject(refusal);
    await expect(driver.bulkCreate('note', Array(100).fill({ body: 'x'.repeat(100) }))).rejects.toMatchObject(
      refusal,
    );
    await expect(driver.update('note', id, { body: LARGE })).rejects.toMatchObject(refusal);
    await expect(driver.bulkUpdate('note', [{ id, data: { body: LARGE } }])).rejects.toMatchObject(refusal);
    await expect(driver.updateMany('note', { where: {} }, { body: 'x'.repeat(900) })).rejects.toMatchObject(
      refusal,
    );
    await expect(driver.upsert('note', { id, body: LARGE })).rejects.toMatchObject(refusal);
    current.quotas = { maxStorageBytes: 1 };
    expect(await driver.find('note')).toHaveLength(2);
    await driver.update('note', id, { body: null });
    await driver.delete('note', String(two?.id));
    current.quotas = { maxStorageBytes: usage + 1_000 };
    await driver.create('note', { body: LARGE });
  });
});
