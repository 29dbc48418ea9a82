import { setTimeout as delay } from 'node:timers/promises';
import type { DriverOptions, IDataDriver } from '@objectstack/spec/contracts';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deploy, directClient, freshDatabase, object } from '../../test/database.js';
import { type SignalledCall, signalledCalls } from '../../test/driver-calls.js';
import { sharedSqld } from '../../test/transports.js';
import { createTursoDriver } from '../driver/create-turso-driver.js';

const THING = object('thing', { name: { type: 'text' } });
const CHANGED = object('thing', { name: { type: 'text' }, more: { type: 'text' } });
const CALLS = signalledCalls(THING);
const ABORT_AFTER_MS = 50;
/** Allowance for a busy machine; on an idle one calls end within milliseconds. */
const MARGIN_MS = 2_000;

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code }) => code as string,
  );

/** Starts all calls concurrently, aborts them, and returns their codes; each must end soon after. */
async function abortAll(calls: readonly SignalledCall[], driver: IDataDriver, options: DriverOptions = {}) {
  const controller = new AbortController();
  const outcomes = new Map<string, string>();
  let longest = 0;
  let abortedAt = Number.POSITIVE_INFINITY;
  const running = calls.map(async ({ name, call }) => {
    outcomes.set(name, await codeOf(call(driver, { ...options, signal: controller.signal })));
    longest = Math.max(longest, performance.now() - abortedAt);
  });
  await delay(ABORT_AFTER_MS);
  abortedAt = performance.now();
  controller.abort();
  const isLate = await Promise.race([Promise.all(running).then(() => false), delay(MARGIN_MS, true)]);
  const waiting = calls.map(({ name }) => name).filter((name) => !outcomes.has(name));
  expect(isLate ? waiting : []).toEqual([]);
  console.log(`the last of ${calls.length} calls ended ${longest.toFixed(0)} ms after the signal`);
  return outcomes;
}

const allAborted = (calls: readonly SignalledCall[]) => new Map(calls.map(({ name }) => [name, 'aborted']));

describe('an aborted call on a file ends soon', () => {
  it('while a transaction of the same process is open', async () => {
    const { driver } = await freshDatabase([THING]);
    const transaction = await driver.beginTransaction();
    expect(await abortAll(CALLS, driver)).toEqual(allAborted(CALLS));
    await driver.commit(transaction);
    expect(await driver.count('thing')).toBe(0);
  });

  it('while another process holds the lock', async () => {
    const { driver, path } = await freshDatabase([THING]);
    const lock = await directClient(path).transaction('write');
    const outcomes = await abortAll(CALLS, driver);
    expect(new Set(outcomes.values())).toEqual(new Set(['aborted', 'done']));
    for (const name of ['create', 'upsert', 'bulkCreate', 'beginTransaction', 'execute'])
      expect(outcomes.get(name)).toBe('aborted');
    await lock.rollback();
    expect(await driver.count('thing')).toBe(0);
  });
});

describe('on a server', () => {
  const server = sharedSqld();

  async function open(config = {}) {
    const { url, token } = await server().createDatabase();
    const connect = async () => {
      const driver = createTursoDriver({ url, requestTimeoutMs: 8_000, ...config }, { authToken: token });
      onTestFinished(() => {
        answer();
        return driver.disconnect();
      });
      await driver.connect();
      return driver;
    };
    const driver = await connect();
    await driver.syncSchema('thing', THING);
    return { driver, connect, url };
  }

  const answer = () => server().inject({ kind: 'stall', times: 0 });
  const stall = (after = 0) => {
    server().inject({ kind: 'stall', times: 1_000 }, after);
    onTestFinished(answer);
  };

  it('an aborted call ends soon while the server does not answer', async () => {
    const { driver } = await open();
    stall();
    expect(await abortAll(CALLS, driver)).toEqual(allAborted(CALLS));
    answer();
  });

  it.each(sampleOf(CALLS, 4))('an aborted $name ends soon while its metadata is reloaded', async (call) => {
    const { driver, connect } = await open();
    const deployer = await connect();
    await deploy(deployer, [CHANGED]);
    stall(1);
    const outcomes = await abortAll([call], driver);
    answer();
    expect([...outcomes.values()]).toEqual([expect.stringMatching(/^(aborted|done)$/)]);
  });

  it('an aborted call ends soon while another writer has the lock', async () => {
    const { driver, connect } = await open();
    const holder = await connect();
    const transaction = await holder.beginTransaction();
    const outcomes = await abortAll(CALLS, driver);
    for (const name of ['create', 'upsert', 'bulkCreate', 'beginTransaction', 'execute'])
      expect(outcomes.get(name)).toBe('aborted');
    await holder.rollback(transaction);
  });

  it('an aborted call ends soon in a transaction whose server does not answer', async () => {
    const { driver } = await open();
    const transaction = await driver.beginTransaction();
    stall();
    const calls = CALLS.filter(({ inTransaction }) => inTransaction);
    expect(await abortAll(calls, driver, { transaction })).toEqual(allAborted(calls));
    answer();
  });

  it('every call ends by its deadline, with all its attempts', async () => {
    const { driver } = await open({ requestTimeoutMs: 1_000, maxRetries: 10 });
    stall();
    const startedAt = performance.now();
    const codes = await Promise.all(CALLS.map(({ call }) => codeOf(call(driver, {}))));
    const lastedMs = performance.now() - startedAt;
    answer();
    expect(new Set(codes)).toEqual(new Set(['request_timeout']));
    expect(lastedMs).toBeLessThan(1_000 + MARGIN_MS);
  });

  it('a connection attempt ends soon after its signal, and by its deadline', async () => {
    const { url } = await open();
    const authToken = () => new Promise<string>(() => undefined);
    const driver = createTursoDriver({ url, requestTimeoutMs: 300 }, { authToken });
    expect(await codeOf(driver.connect())).toBe('request_timeout');
    const controller = new AbortController();
    const patient = createTursoDriver({ url, requestTimeoutMs: 30_000 }, { authToken });
    const connecting = codeOf(patient.connect({ signal: controller.signal }));
    await delay(20);
    controller.abort();
    expect(await Promise.race([connecting, delay(MARGIN_MS, 'late')])).toBe('aborted');
  });
});
