import type { IDataDriver } from '@objectstack/spec/contracts';
import { DriverCapabilitiesSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { GatedDriver } from './gated-driver.js';

const suspended = () => new ObjectStackError({ code: 'tenant_suspended', message: 'Suspended.' });

const OPERATIONS: [keyof IDataDriver, unknown[]][] = [
  ['execute', ['SELECT 1', [], {}]],
  ['executeAtomic', [[{ sql: 'SELECT 1' }], { mode: 'read' }]],
  ['find', ['account', { limit: 1 }, {}]],
  ['findOne', ['account', {}, {}]],
  ['explain', ['account', {}, {}]],
  ['count', ['account', {}, {}]],
  ['create', ['account', { name: 'a' }, {}]],
  ['update', ['account', 'id', { name: 'a' }, {}]],
  ['upsert', ['account', { name: 'a' }, ['name'], {}]],
  ['delete', ['account', 'id', {}]],
  ['bulkCreate', ['account', [], {}]],
  ['bulkUpdate', ['account', [], {}]],
  ['bulkDelete', ['account', [], {}]],
  ['updateMany', ['account', { where: {} }, {}, {}]],
  ['deleteMany', ['account', { where: {} }, {}]],
  ['refresh', []],
  ['commit', [{ id: 'transaction' }]],
  ['rollback', [{ id: 'transaction' }]],
  ['syncSchema', ['account', { name: 'account', fields: {} }]],
  ['syncSchemasBatch', [[{ object: 'account', definition: { name: 'account', fields: {} } }]]],
];

/** A driver that returns the arguments of every call. */
function recordingDriver(label: string): IDataDriver {
  const facts = {
    name: 'recording',
    version: '9.9.9',
    supports: DriverCapabilitiesSchema.parse({ read: true }),
  };
  const operations = OPERATIONS.map(([method]) => [
    method,
    async (...args: unknown[]) => ({ label, method, args }),
  ]);
  return { ...facts, ...Object.fromEntries(operations), beginTransaction: async () => ({ id: label }) };
}

const call = (driver: IDataDriver, method: keyof IDataDriver, args: unknown[]) =>
  (driver[method] as (...args: unknown[]) => Promise<unknown>).apply(driver, args);

describe('GatedDriver', () => {
  it('exposes the capabilities of the driver', () => {
    const driver = recordingDriver('a');
    const { name, version, supports } = new GatedDriver(driver, () => driver);
    expect({ name, version, supports }).toEqual({
      name: 'recording',
      version: '9.9.9',
      supports: driver.supports,
    });
  });

  it.each(OPERATIONS)(
    'forwards %s unchanged, synchronously or after the gate has loaded',
    async (method, args) => {
      const driver = recordingDriver('a');
      for (const pass of [() => driver, () => Promise.resolve(driver)]) {
        expect(await call(new GatedDriver(driver, pass), method, args)).toEqual(
          method === 'rollback' ? undefined : { label: 'a', method, args },
        );
      }
    },
  );

  it.each(OPERATIONS)('rejects %s with the error of the gate', async (method, args) => {
    const gated = new GatedDriver(recordingDriver('a'), () => Promise.reject(suspended()));
    await expect(call(gated, method, args)).rejects.toMatchObject({ code: 'tenant_suspended' });
  });

  it('covers every method of the contract', () => {
    const names = Object.getOwnPropertyNames(GatedDriver.prototype);
    const others = ['constructor', 'connect', 'disconnect', 'checkHealth', 'beginTransaction', 'findStream'];
    expect(names.filter((name) => !others.includes(name)).sort()).toEqual(
      OPERATIONS.map(([name]) => name).sort(),
    );
  });

  it('checks the gate before every record of a stream', async () => {
    const records = async function* () {
      for (const id of ['1', '2', '3']) yield { id };
    };
    const driver = { ...recordingDriver('a'), findStream: records };
    let current: () => IDataDriver | Promise<IDataDriver> = () => driver;
    const gated = new GatedDriver(driver, () => current());
    const seen: string[] = [];
    const reading = async () => {
      for await (const { id } of gated.findStream('account')) {
        seen.push(id);
        if (id === '2') current = () => Promise.reject(suspended());
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'tenant_suspended' });
    expect(seen).toEqual(['1', '2']);
  });

  it('checks the gate on connect, ignores disconnect, and is unhealthy if access is refused', async () => {
    const refused = new GatedDriver(recordingDriver('a'), () => Promise.reject(suspended()));
    await expect(refused.connect()).rejects.toMatchObject({ code: 'tenant_suspended' });
    await expect(refused.beginTransaction()).rejects.toMatchObject({ code: 'tenant_suspended' });
    expect(await refused.disconnect()).toBeUndefined();
    expect(await refused.checkHealth()).toBe(false);
  });

  it('runs a transaction on the driver that began it, and permits its rollback if access is refused', async () => {
    const drivers = [recordingDriver('a'), recordingDriver('b')];
    let current: () => IDataDriver | Promise<IDataDriver> = () => drivers[0] as IDataDriver;
    const gated = new GatedDriver(recordingDriver('a'), () => current());
    const transaction = await gated.beginTransaction();
    current = () => drivers[1] as IDataDriver;
    expect(await gated.create('account', {}, { transaction })).toMatchObject({ label: 'a' });
    expect(await gated.create('account', {})).toMatchObject({ label: 'b' });
    expect(await gated.commit(transaction)).toMatchObject({ label: 'a', method: 'commit' });
    current = () => Promise.reject(suspended());
    await expect(gated.commit(transaction)).rejects.toMatchObject({ code: 'tenant_suspended' });
    expect(await gated.rollback(transaction)).toBeUndefined();
  });
});
