import { randomBytes } from 'node:crypto';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import { sharedPostgres } from '@objectstack/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { PostgresDriver } from '../src/index.js';

const postgres = sharedPostgres();
const drivers: IDataDriver[] = [];

async function connected(connectionString: string): Promise<IDataDriver> {
  const driver = new PostgresDriver({ connectionString, maxConnections: 3 });
  drivers.push(driver);
  await driver.connect();
  return driver;
}

const object = (name: string, fields: object, rest: object = {}) =>
  ObjectDefinitionSchema.parse({ name, fields, ...rest });

const rejected = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

afterEach(async () => {
  for (const driver of drivers.splice(0)) await driver.disconnect();
});

describe('PostgresDriver', () => {
  it('stores values in the types of PostgreSQL', async () => {
    const driver = await connected(await postgres.createSchema());
    const fields = {
      title: { type: 'text' },
      size: { type: 'number' },
      done: { type: 'boolean' },
      day: { type: 'date' },
      at: { type: 'datetime' },
      alarm: { type: 'time' },
      tags: { type: 'tags' },
      extra: { type: 'json' },
    };
    await driver.syncSchema('task', object('task', fields));
    const { rows } = await driver.execute(
      `SELECT column_name, data_type FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name = 'task' AND column_name = ANY($1::text[])`,
      [`{${Object.keys(fields)}}`],
    );
    expect(Object.fromEntries(rows.map((row) => [row.column_name, row.data_type]))).toEqual({
      title: 'text',
      size: 'double precision',
      done: 'boolean',
      day: 'date',
      at: 'timestamp with time zone',
      alarm: 'time without time zone',
      tags: 'jsonb',
      extra: 'json',
    });
  });

  it('lets others write other records while a transaction is open, and the same record afterwards', async () => {
    const driver = await connected(await postgres.createSchema());
    await driver.syncSchema('task', object('task', { title: { type: 'text' } }));
    await driver.create('task', { id: 't1', title: 'before' });
    const transaction = await driver.beginTransaction();
    await driver.update('task', 't1', { title: 'inside' }, { transaction });
    await driver.create('task', { id: 't2' });
    const waiting = driver.update('task', 't1', { title: 'outside' });
    await driver.commit(transaction);
    await waiting;
    expect((await driver.find('task')).map(({ id, title }) => [id, title])).toEqual([
      ['t1', 'outside'],
      ['t2', null],
    ]);
  });

  it('cancels an aborted call that waits for the lock of a record, and only this call', async () => {
    const driver = await connected(await postgres.createSchema());
    await driver.syncSchema('task', object('task', { title: { type: 'text' } }));
    await driver.create('task', { id: 't1', title: 'before' });
    const transaction = await driver.beginTransaction();
    await driver.update('task', 't1', { title: 'inside' }, { transaction });
    // As many calls as there are other connections, so that none is free for the cancellation.
    const controllers = [new AbortController(), new AbortController()];
    const waiting = controllers.map(({ signal }) => driver.delete('task', 't1', { signal }));
    for (const controller of controllers) controller.abort();
    for (const call of waiting) await expect(call).rejects.toEqual(rejected('aborted'));
    await driver.commit(transaction);
    expect(await driver.find('task', { fields: ['title'] })).toEqual([{ id: 't1', title: 'inside' }]);
  });

  it('repeats an upsert whose record another call has created in the meantime', async () => {
    const driver = await connected(await postgres.createSchema());
    await driver.syncSchema('task', object('task', { code: { type: 'text', unique: true } }));
    const transaction = await driver.beginTransaction();
    const { id } = await driver.create('task', { code: 'x' }, { transaction });
    const upserting = driver.upsert('task', { code: 'x' }, ['code']);
    await driver.commit(transaction);
    expect((await upserting).id).toBe(id);
  });

  it('leaves no trace of a raw statement in the settings of its connections', async () => {
    const driver = await connected(await postgres.createSchema());
    await driver.execute("SELECT set_config('statement_timeout', '12345', false)");
    const { rows } = await driver.execute("SELECT current_setting('statement_timeout') AS setting");
    expect(rows).toEqual([{ setting: '30s' }]);
  });

  it('rejects several statements in one call', async () => {
    const driver = await connected(await postgres.createSchema());
    await expect(driver.execute('SELECT 1; SELECT 2')).rejects.toEqual(
      rejected('sql_error', { reason: '42601' }),
    );
  });

  it('rejects a unique text that is too long for an index, and names the field', async () => {
    const driver = await connected(await postgres.createSchema());
    await driver.syncSchema('task', object('task', { code: { type: 'text', unique: true } }));
    const violations = [{ field: 'code', rule: 'max_bytes' }];
    await expect(driver.create('task', { code: 'x'.repeat(2_601) })).rejects.toEqual(
      rejected('validation_failed', { object: 'task', violations }),
    );
    const code = randomBytes(1_300).toString('hex');
    expect((await driver.create('task', { code })).code).toBe(code);
  });

  it('rejects the condition of an index that is not of its dialect, and deploys nothing', async () => {
    const driver = await connected(await postgres.createSchema());
    const indexes = [{ fields: ['code'], unique: true, partial: "code GLOB 'a*'" }];
    const definition = object('task', { code: { type: 'text' } }, { indexes });
    await expect(driver.syncSchema('task', definition)).rejects.toEqual(rejected('not_supported'));
    await expect(driver.find('task')).rejects.toEqual(rejected('object_not_found'));
  });

  it('continues the numbers of a text field that becomes an autonumber', async () => {
    const driver = await connected(await postgres.createSchema());
    await driver.syncSchema('task', object('task', { number: { type: 'text' } }));
    await driver.bulkCreate('task', [{ number: 'T-007' }, { number: 'other' }, {}]);
    const number = { type: 'autonumber', autonumberFormat: 'T-{000}' };
    await driver.syncSchema('task', object('task', { number }));
    expect((await driver.create('task', {})).number).toBe('T-008');
  });

  it('enforces a lookup as soon as its target is deployed', async () => {
    const driver = await connected(await postgres.createSchema());
    await driver.syncSchema('task', object('task', { project: { type: 'lookup', reference: 'project' } }));
    const { id } = await driver.create('task', { project: 'p1' });
    const project = object('project', { name: { type: 'text' } });
    const details = { object: 'task', field: 'project' };
    await expect(driver.syncSchema('project', project)).rejects.toEqual(
      rejected('foreign_key_violation', details),
    );
    await driver.delete('task', id);
    await driver.syncSchema('project', project);
    await expect(driver.create('task', { project: 'p1' })).rejects.toEqual(
      rejected('foreign_key_violation', details),
    );
  });

  it('rejects a wrong password and a missing database with their own codes', async () => {
    const url = new URL(await postgres.createSchema());
    const connecting = (change: Partial<URL>) =>
      new PostgresDriver({ connectionString: Object.assign(new URL(url), change).href }).connect();
    await expect(connecting({ password: 'wrong' })).rejects.toEqual(rejected('unauthorized'));
    await expect(connecting({ pathname: '/no_such_database' })).rejects.toEqual(
      rejected('database_not_found'),
    );
    await expect(connecting({ port: '1' })).rejects.toEqual(rejected('database_unreachable'));
  });
});
