import { setTimeout as delay } from 'node:timers/promises';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { object } from '../../../test/database.js';
import { sharedSqld } from '../../../test/transports.js';
import { createTursoDriver } from '../../driver/create-turso-driver.js';

const server = sharedSqld();
const COUNTER = object('counter', {
  name: { type: 'text', unique: true },
  n: { type: 'number' },
  number: { type: 'autonumber' },
});
const TICKET = object('ticket', { name: { type: 'text' } }, { idType: 'integer' });
const INCREMENT = { sql: `UPDATE counter SET n = n + 1 WHERE id = 'c'` };

async function open(config = {}): Promise<IDataDriver> {
  const { url, token } = await server().createDatabase();
  const driver = createTursoDriver({ url, ...config }, { authToken: token });
  await driver.connect();
  await driver.syncSchemasBatch(
    [COUNTER, TICKET].map((definition) => ({ object: definition.name, definition })),
  );
  await driver.create('counter', { id: 'c', name: 'c', n: 0 });
  return driver;
}

const counted = async (driver: IDataDriver) => (await driver.findOne('counter', { where: { id: 'c' } }))?.n;

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code, details }) => `${code} ${details.outcome}`,
  );

const FAULTS = [
  { kind: 'lose-answer', times: 1 },
  { kind: 'answer-after', status: 503, times: 1 },
  { kind: 'answer-after', status: 429, times: 1 },
  { kind: 'answer-after', status: 502, times: 2 },
  { kind: 'answer', status: 503, times: 1 },
  { kind: 'overtake', times: 1 },
] as const;

/** All writing methods; each increments the counter or adds one record once, however often its request is sent. */
const WRITES: Record<string, (driver: IDataDriver) => Promise<unknown>> = {
  create: async (driver) => {
    const { id, number } = await driver.create('counter', { name: 'new', n: 1 });
    expect({ id, number }).toEqual({ id: expect.stringMatching(/^[\w-]{36}$/), number: '2' });
  },
  update: (driver) => driver.update('counter', 'c', { n: 1 }),
  execute: (driver) => driver.execute(INCREMENT.sql),
  executeAtomic: (driver) => driver.executeAtomic([INCREMENT]),
  updateMany: (driver) => driver.updateMany('counter', { where: { id: 'c' } }, { n: 1 }),
  bulkCreate: (driver) => driver.bulkCreate('counter', [{ name: 'a' }, { name: 'b' }]),
  // The id is lost with the response, so that the record cannot be read.
  'create with an id of the database': (driver) => driver.create('ticket', { name: 'a' }),
  'bulkCreate with ids of the database': (driver) =>
    driver.bulkCreate('ticket', [{ name: 'a' }, { name: 'b' }]),
};

describe.each(FAULTS)('a write that meets $kind ($status)', (fault) => {
  /** Every write meets some of the faults. */
  const writes = Object.keys(WRITES).filter((_, index) => isSampled(index + FAULTS.indexOf(fault), 4));

  it.each(writes)('takes effect exactly once: %s', async (name) => {
    const [broken, sound] = await Promise.all([open(), open()]);
    const call = WRITES[name] as (driver: IDataDriver) => Promise<unknown>;
    server().inject(fault);
    const outcome = await outcomeOf(call(broken));
    expect(['done', 'result_lost applied']).toContain(outcome);
    if (name === 'create' || name === 'update') expect(outcome).toBe('done');
    if (fault.kind === 'overtake') await delay(400);
    await call(sound);
    const rows = (driver: IDataDriver) => driver.find('counter', { fields: ['name', 'n', 'number'] });
    const strip = (records: object[]) => records.map((record) => ({ ...record, id: null }));
    expect(strip(await rows(broken))).toEqual(strip(await rows(sound)));
    const tickets = (driver: IDataDriver) => driver.find('ticket', { fields: ['name'] });
    expect(await tickets(broken)).toEqual(await tickets(sound));
  });
});

describe('a transaction whose commit meets', () => {
  it.each(FAULTS)('$kind ($status) is committed once, or not at all', async (fault) => {
    const driver = await open();
    const transaction = await driver.beginTransaction();
    await driver.execute(INCREMENT.sql, [], { transaction });
    server().inject({ ...fault, times: 1 });
    const outcome = await outcomeOf(driver.commit(transaction));
    if (fault.kind === 'overtake') await delay(400);
    expect(outcome).toBe(fault.kind === 'answer' ? 'database_unreachable none' : 'done');
    expect(await counted(driver)).toBe(outcome === 'done' ? 1 : 0);
  });
});

describe('a commit that violates a foreign key and whose response is lost', () => {
  it('reports that nothing took effect, and names the foreign key when it is retried', async () => {
    const driver = await open();
    await driver.syncSchema('part', object('part', { of: { type: 'lookup', reference: 'counter' } }));
    const attempt = async () => {
      const transaction = await driver.beginTransaction();
      await driver.execute(INCREMENT.sql, [], { transaction });
      await driver.execute(
        `INSERT INTO part (id, "of", created_at, updated_at) VALUES ('p', 'none', '', '')`,
        [],
        { transaction },
      );
      return transaction;
    };
    const lost = await attempt();
    server().inject({ kind: 'lose-answer', times: 1 });
    const error = await driver.commit(lost).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'database_unreachable',
      retryable: true,
      details: { outcome: 'none' },
    });
    expect(await counted(driver)).toBe(0);
    await expect(driver.commit(await attempt())).rejects.toMatchObject({
      code: 'foreign_key_violation',
      details: { object: 'part', field: 'of' },
    });
  });
});

describe('a write that is not repeatable', () => {
  it.each(FAULTS)('reports an unknown outcome after $kind ($status)', async (fault) => {
    const driver = await open({ maxRetries: 0 });
    server().inject({ ...fault, times: 1 });
    expect(await outcomeOf(driver.execute(INCREMENT.sql))).toBe('database_unreachable unknown');
    if (fault.kind === 'overtake') await delay(400);
    expect(await counted(driver)).toBe(fault.kind === 'answer' ? 0 : 1);
  });

  it('is not retried in a database without the system tables', async () => {
    const { url, token } = await server().createDatabase();
    const driver = createTursoDriver({ url }, { authToken: token });
    await driver.connect();
    await driver.execute('CREATE TABLE t (n INTEGER)');
    server().inject({ kind: 'lose-answer', times: 1 });
    expect(await outcomeOf(driver.execute('INSERT INTO t VALUES (1)'))).toBe('database_unreachable unknown');
    expect((await driver.execute('SELECT count(*) AS n FROM t')).rows).toEqual([{ n: 1 }]);
  });
});

describe('request slots', () => {
  it('are as many as the concurrent writes, and are deleted a day after their last write', async () => {
    const { url, token } = await server().createDatabase();
    const connect = async () => {
      const driver = createTursoDriver({ url }, { authToken: token });
      await driver.connect();
      return driver;
    };
    const driver = await connect();
    await driver.syncSchema('counter', COUNTER);
    const slots = async () => (await driver.execute('SELECT id FROM _os_request')).rows.length;
    for (let index = 0; index < 5; index++) await driver.execute(INCREMENT.sql);
    expect(await slots()).toBe(1);
    await Promise.all(Array.from({ length: 4 }, () => driver.execute(INCREMENT.sql)));
    expect(await slots()).toBe(4);
    await driver.execute(`UPDATE _os_request SET updated_at = '2000-01-01T00:00:00.000Z'`);
    await (await connect()).execute(INCREMENT.sql);
    expect(await slots()).toBe(1);
  });
});
