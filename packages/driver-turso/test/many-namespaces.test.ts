import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { startSqld } from '@objectstack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { object } from './database.js';

const DATABASES = 12;
const ACTIVE = 3;
const WORKERS = 4;
const ROUNDS = 15;
const THING = object('thing', { name: { type: 'text' } });

/** Writes two records in a transaction. False if the server rolled it back, which it may do to one that it put aside. */
async function isCommitted(driver: IDataDriver): Promise<boolean> {
  const transaction = await driver.beginTransaction();
  try {
    await driver.create('thing', { name: 'first' }, { transaction });
    await driver.create('thing', { name: 'second' }, { transaction });
    await driver.commit(transaction);
    return true;
  } catch (error) {
    if (!ObjectStackError.isInstance(error, 'transaction_expired')) throw error;
    await driver.rollback(transaction).catch(() => undefined);
    return false;
  }
}

describe('a server that keeps fewer databases open than it has', () => {
  let server: Awaited<ReturnType<typeof startSqld>>;
  beforeAll(async () => {
    server = await startSqld({ activeNamespaces: ACTIVE });
  });
  afterAll(() => server?.stop());

  it('refuses no call, and keeps every write and no half of a transaction', async () => {
    const drivers = await Promise.all(
      Array.from({ length: DATABASES }, async () => {
        const { url, token } = await server.createDatabase();
        const driver = createTursoDriver({ url }, { authToken: token });
        await driver.connect();
        await driver.syncSchema('thing', THING);
        return driver;
      }),
    );
    const written = new Array<number>(DATABASES).fill(0);
    const worker = async (first: number) => {
      for (let round = 0; round < ROUNDS; round++) {
        const index = (first * 5 + round * 7) % DATABASES;
        const driver = drivers[index];
        if (!driver) throw new Error('There is no such driver.');
        if (round % 3 > 0) {
          await driver.create('thing', { name: String(round) });
          written[index] = (written[index] ?? 0) + 1;
          continue;
        }
        while (!(await isCommitted(driver)));
        written[index] = (written[index] ?? 0) + 2;
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, (_, first) => worker(first)));
    expect(await Promise.all(drivers.map((driver) => driver.count('thing')))).toEqual(written);
    await Promise.all(drivers.map((driver) => driver.disconnect()));
  });
});
