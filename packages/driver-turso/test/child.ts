import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { MigrationPlan } from '@objectstack/spec/system';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { tursoLocal } from '../src/local/turso-local.js';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';

export type Task =
  | { kind: 'hold_lock'; path: string }
  | { kind: 'write'; url: string; worker: string; count: number }
  | { kind: 'apply'; url: string; plan: MigrationPlan; allow?: readonly string[] }
  | { kind: 'claim'; dir: string; url: string; tenantId: string }
  | { kind: 'read_all'; url: string; object: string }
  /** Deploys the versions in turn, so many times. */
  | { kind: 'deploy_versions'; url: string; token?: string; versions: ObjectDefinition[][]; rounds: number }
  /** Writes measurements under whatever version is deployed, and tells which were acknowledged. */
  | { kind: 'write_versions'; url: string; token?: string; worker: string; count: number }
  /** Reads all measurements again and again, and fails when one is not as it was written. */
  | { kind: 'read_versions'; url: string; token?: string; count: number }
  /** Writes, says so, and is gone without closing anything. */
  | { kind: 'write_and_die'; url: string; count: number };

export type TaskOutcome = { value: unknown } | { code: string };

async function connect(url: string, authToken?: string) {
  const config = { url, busyTimeoutMs: 60_000, requestTimeoutMs: 60_000 };
  const driver = createTursoDriver(config, { ...(authToken && { authToken }) });
  await driver.connect();
  return driver;
}

/** Creates, upserts under a shared key, and transactions, by turns. */
async function write({ url, worker, count }: Task & { kind: 'write' }): Promise<number> {
  const driver = await connect(url);
  for (let index = 0; index < count; index++) {
    await driver.create('note', { title: `${worker} create ${index}` });
    await driver.upsert('tally', { key: 'shared', last_writer: worker }, ['key']);
    const transaction = await driver.beginTransaction();
    await driver.create('note', { title: `${worker} first ${index}` }, { transaction });
    await driver.create('note', { title: `${worker} second ${index}` }, { transaction });
    await driver.commit(transaction);
  }
  return count * 3;
}

async function writeAndDie({ url, count }: Task & { kind: 'write_and_die' }): Promise<void> {
  const driver = await connect(url);
  for (let index = 0; index < count; index++) await driver.create('note', { title: `note ${index}` });
  writeSync(process.stdout.fd, `${JSON.stringify({ value: count })}\n`);
  process.kill(process.pid, 'SIGKILL');
}

async function deployVersions({ url, token, versions, rounds }: Task & { kind: 'deploy_versions' }) {
  const driver = await connect(url, token);
  const { introspect, diff, generateMigrations, applyMigrations } = createSqliteSchemaDiff();
  for (let round = 0; round < rounds; round++) {
    const changes = diff(await introspect(driver), versions[round % versions.length] ?? []);
    const allow = changes.fields.map(({ id }) => id);
    await applyMigrations(driver, generateMigrations(changes, 'sqlite'), { allow });
    await setTimeout(30);
  }
  return rounds;
}

/** The number of a measurement as the deployed version wants it: a number or a text. */
async function underEitherVersion(write: (amount: (k: number) => number | string) => Promise<unknown>) {
  for (const amount of [Number, String, Number, String, Number, String]) {
    try {
      await write(amount);
      return true;
    } catch (error) {
      const isRefused =
        ObjectStackError.isInstance(error) && /^(validation_failed|metadata_changed)$/.test(error.code);
      if (!isRefused) throw error;
    }
  }
  return false;
}

async function writeVersions({ url, token, worker, count }: Task & { kind: 'write_versions' }) {
  const driver = await connect(url, token);
  const acknowledged: string[] = [];
  for (let k = 0; acknowledged.length < count; k += 2) {
    const ids = [`${worker}-${k}`, `${worker}-${k + 1}`] as const;
    const isWritten = await underEitherVersion(async (amount) => {
      const record = (at: 0 | 1) => ({ id: ids[at], amount: amount(k + at) });
      if (k % 3 === 0) return driver.bulkCreate('measurement', [record(0), record(1)]);
      if (k % 3 === 1) {
        await driver.upsert('measurement', record(0), ['id']);
        return driver.upsert('measurement', record(1), ['id']);
      }
      const transaction = await driver.beginTransaction();
      try {
        for (const at of [0, 1] as const) await driver.create('measurement', record(at), { transaction });
        await driver.commit(transaction);
      } catch (error) {
        await driver.rollback(transaction);
        throw error;
      }
    });
    if (isWritten) acknowledged.push(...ids);
  }
  return acknowledged;
}

async function readVersions({ url, token, count }: Task & { kind: 'read_versions' }) {
  const driver = await connect(url, token);
  for (let reading = 0; reading < count; reading++) {
    for (const { id, amount } of await driver.find('measurement', { fields: ['amount'] }))
      if (Number(amount) !== Number(id.split('-')[1])) throw new Error(`${id} was read as ${amount}.`);
    await setTimeout(5);
  }
  return count;
}

async function prepare(task: Task): Promise<() => Promise<unknown>> {
  if (task.kind === 'hold_lock') {
    const client = createClient({ url: pathToFileURL(task.path).href });
    const transaction = await client.transaction('write');
    return () => transaction.rollback();
  }
  if (task.kind === 'write') return () => write(task);
  if (task.kind === 'write_and_die') return () => writeAndDie(task);
  if (task.kind === 'claim') {
    const plane = tursoLocal({ dir: task.dir });
    return () => plane.claimDatabase({ url: task.url, databaseName: 't-one' }, task.tenantId);
  }
  if (task.kind === 'deploy_versions') return () => deployVersions(task);
  if (task.kind === 'write_versions') return () => writeVersions(task);
  if (task.kind === 'read_versions') return () => readVersions(task);
  const driver = await connect(task.url);
  if (task.kind === 'read_all') return () => driver.find(task.object);
  const { plan, allow = [] } = task;
  return async () => (await createSqliteSchemaDiff().applyMigrations(driver, plan, { allow })).outcome;
}

async function outcomeOf(work: () => Promise<unknown>): Promise<TaskOutcome> {
  try {
    return { value: (await work()) ?? null };
  } catch (error) {
    return { code: ObjectStackError.isInstance(error) ? error.code : `raw: ${error}` };
  }
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const work = await prepare(JSON.parse((await lines.next()).value));
process.stdout.write('ready\n');
await lines.next();
process.stdout.write(`${JSON.stringify(await outcomeOf(work))}\n`, () => process.exit());
