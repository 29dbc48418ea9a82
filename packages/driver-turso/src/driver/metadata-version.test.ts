import type { DataRecord, IDataDriver } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it, vi } from 'vitest';
import { deploy, object, planFor } from '../../test/database.js';
import { sharedDatabases, sharedSqld } from '../../test/transports.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';

const text = { type: 'text' };
const OWNER = object('owner', { name: text });
const owner = { type: 'lookup', reference: 'owner' };
const BEFORE = [OWNER, object('item', { amount: text, day: { type: 'date' }, a: text, b: text, owner })];
const AFTER = [
  object('owner', { name: text, title: { ...text, defaultValue: 'none' } }),
  object('item', {
    amount: { type: 'number' },
    day: { type: 'datetime' },
    a: { ...text, renamedFrom: 'b' },
    b: { ...text, renamedFrom: 'a' },
    owner,
  }),
];
const STORED = { amount: '5', day: '2026-01-31', a: 'was a', b: 'was b', owner: 'o1' };
const WRITTEN = { amount: 7, day: '2026-02-01T10:00:00.000Z', a: 'new a', b: 'new b' };

async function listed(records: AsyncIterable<DataRecord>) {
  const all: DataRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

async function inTransaction(driver: IDataDriver, work: (options: object) => Promise<unknown>) {
  const transaction = await driver.beginTransaction();
  try {
    const result = await work({ transaction });
    await driver.commit(transaction);
    return result;
  } catch (error) {
    await driver.rollback(transaction);
    throw error;
  }
}

const sums: QueryInput = {
  groupBy: ['day'],
  aggregations: [{ function: 'max', field: 'amount', alias: 'most' }],
};

const CALLS: Record<string, (driver: IDataDriver) => Promise<unknown>> = {
  find: (driver) => driver.find('item', { where: { amount: { $lt: 6 }, a: 'was b' } }),
  findOne: (driver) => driver.findOne('item', { where: { id: 'i1' } }),
  count: (driver) => driver.count('item', { where: { day: '2026-01-31T00:00:00.000Z' } }),
  findStream: (driver) => listed(driver.findStream('item', { orderBy: [{ field: 'amount' }] })),
  'find with expand': (driver) => driver.find('item', { expand: { owner: {} } }),
  'find of values': (driver) => driver.find('item', sums),
  create: (driver) => driver.create('item', { id: 'i2', ...WRITTEN }),
  'create of what is no longer valid': (driver) => driver.create('item', { id: 'i2', amount: '7' }),
  update: (driver) => driver.update('item', 'i1', WRITTEN),
  upsert: (driver) => driver.upsert('item', { a: 'was b', amount: 8 }, ['a']),
  delete: (driver) => driver.delete('item', 'i1'),
  bulkCreate: (driver) => driver.bulkCreate('item', [{ id: 'i2', ...WRITTEN }]),
  bulkUpdate: (driver) => driver.bulkUpdate('item', [{ id: 'i1', data: WRITTEN }]),
  bulkDelete: (driver) => driver.bulkDelete('item', ['i1']),
  updateMany: (driver) => driver.updateMany('item', { where: { amount: { $lt: 6 } } }, { a: 'changed' }),
  deleteMany: (driver) => driver.deleteMany('item', { where: { a: 'was a' } }),
  explain: async (driver) => (await driver.explain('item', { where: { amount: 5 } })).sql,
  'create in a transaction': (driver) =>
    inTransaction(driver, (options) => driver.create('item', { id: 'i2', ...WRITTEN }, options)),
  'find in a transaction': (driver) =>
    inTransaction(driver, (options) => driver.find('item', { where: { a: 'was b' } }, options)),
};

const withoutTimes = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value ?? null, (key, inner) => (/^(created|updated)_at$/.test(key) ? null : inner)),
  );

/** What a call comes to, and what the database then holds. */
async function trial(driver: IDataDriver, call: (driver: IDataDriver) => Promise<unknown>) {
  const outcome = await call(driver).catch(({ code, details }) => ({ code, details }));
  const left = await driver.execute('SELECT * FROM item ORDER BY id');
  return withoutTimes({ outcome, left: left.rows });
}

const server = sharedSqld();

const PLACES = sharedDatabases(server);

describe.each(PLACES)('calls compiled for other metadata on $name', ({ name: place, create }) => {
  async function opened() {
    const open = await create();
    const [writer, deployer] = [await open(), await open()];
    await deploy(deployer, BEFORE);
    await writer.refresh();
    await writer.create('owner', { id: 'o1', name: 'Ann' });
    await writer.create('item', { id: 'i1', ...STORED });
    const migrate = async () => {
      const plan = await planFor(deployer, AFTER);
      await createSqliteSchemaDiff().applyMigrations(deployer, plan, {
        allow: [...plan.diff.fields, ...plan.diff.objects].map(({ id }) => id),
      });
    };
    return { writer, deployer, migrate };
  }

  /** Every call on a file, and some on a server, too; all of them if tests are exhaustive. */
  const calls = sampleOf(Object.keys(CALLS), place === 'a file' ? 1 : 7);

  it.each(calls)('%s does what a driver does that has just connected', async (name) => {
    const call = CALLS[name] as (driver: IDataDriver) => Promise<unknown>;
    const [stale, fresh] = await Promise.all([opened(), opened()]);
    await Promise.all([stale.migrate(), fresh.migrate()]);
    expect(await trial(stale.writer, call)).toEqual(await trial(fresh.deployer, call));
  });

  it('keeps the metadata of a transaction from its beginning to its end', async () => {
    const { writer, migrate } = await opened();
    const transaction = await writer.beginTransaction();
    const migrated = migrate();
    const options = { transaction };
    await writer.create('item', { id: 'i2', ...STORED }, options);
    expect(await writer.find('item', { where: { a: 'was a' }, fields: ['amount'] }, options)).toHaveLength(2);
    await writer.commit(transaction);
    await migrated;
    expect(await writer.find('item', { fields: ['amount', 'a', 'day'] })).toEqual(
      ['i1', 'i2'].map((id) => ({ id, amount: 5, day: '2026-01-31T00:00:00.000Z', a: 'was b' })),
    );
  });

  it('stops a stream whose object changes, and goes on where another one does', async () => {
    const { writer, deployer, migrate } = await opened();
    const [item, owners] = [
      writer.findStream('item')[Symbol.asyncIterator](),
      writer.findStream('owner', { fields: ['name'] })[Symbol.asyncIterator](),
    ];
    await writer.bulkCreate(
      'item',
      Array.from({ length: 1_500 }, (_, index) => ({ id: `j${index}` })),
    );
    await item.next();
    await deploy(deployer, [...BEFORE, object('other', { name: text })]);
    for (let read = 0; read < 600; read++) expect((await item.next()).done).toBe(false);
    await migrate();
    const rest = (async () => {
      while (!(await item.next()).done);
    })();
    await expect(rest).rejects.toMatchObject({ code: 'metadata_changed', retryable: true });
    expect(await owners.next()).toEqual({ done: false, value: { id: 'o1', name: 'Ann' } });
  });

  it('loses and misreads no record that is written while deployments go on', async () => {
    const { writer, deployer } = await opened();
    const versions = [AFTER, BEFORE];
    let isDone = false;
    const written = new Map<string, number>();
    const write = async (worker: number) => {
      for (let index = 0; !isDone; index++) {
        const id = `w${worker}-${index}`;
        const numeric = await writer.create('item', { id, amount: 40 + worker }).catch((error) => error.code);
        if (numeric === 'validation_failed')
          await writer.create('item', { id, amount: String(40 + worker) }).then(
            () => written.set(id, 40 + worker),
            ({ code }) => expect(['validation_failed', 'metadata_changed']).toContain(code),
          );
        else if (typeof numeric === 'object') written.set(id, 40 + worker);
        else expect(numeric).toBe('metadata_changed');
        // On a slow machine, a deployment may take effect during each attempt of one call.
        const found = await writer.find('item', { fields: ['amount'] }).catch(({ code }) => {
          expect(code).toBe('metadata_changed');
          return [];
        });
        for (const record of found)
          expect(Number(record.amount)).toBe(written.get(record.id) ?? Number(record.amount));
      }
    };
    const deployments = (async () => {
      for (let round = 0; round < 6; round++) {
        await vi.waitFor(() => expect(written.size).toBeGreaterThan(round), { timeout: 10_000, interval: 1 });
        const objects = versions[round % 2] ?? [];
        const plan = await planFor(deployer, objects);
        const allow = plan.diff.fields.map(({ id }) => id);
        await createSqliteSchemaDiff().applyMigrations(deployer, plan, { allow });
      }
      isDone = true;
    })().finally(() => {
      isDone = true;
    });
    await Promise.all([deployments, write(0), write(1)]);
    const found = await deployer.find('item', { where: { id: { $ne: 'i1' } }, fields: ['amount'] });
    expect(new Map(found.map(({ id, amount }) => [id, Number(amount)]))).toEqual(written);
    expect(written.size).toBeGreaterThan(5);
  });
});
