import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
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
  /** Writes, says so, and is gone without closing anything. */
  | { kind: 'write_and_die'; url: string; count: number };

export type TaskOutcome = { value: unknown } | { code: string };

async function connect(url: string) {
  const driver = createTursoDriver({ url, busyTimeoutMs: 60_000 });
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
