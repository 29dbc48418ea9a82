import type { IDataDriver } from '@objectstack/spec/contracts';
import { DriverCapabilitiesSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import type { Gate } from './gated-calls.js';
import { GatedDriver } from './gated-driver.js';
import { ReferenceCountedDriver } from './reference-counted-driver.js';

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
    supports: DriverCapabilitiesSchema.parse({ streaming: true }),
  };
  const operations = OPERATIONS.map(([method]) => [
    method,
    async (...args: unknown[]) => ({ label, method, args }),
  ]);
  return { ...facts, ...Object.fromEntries(operations), beginTransaction: async () => ({ id: label }) };
}

type Pass = Gate['pass'];

/** A gate that checks work in progress like new work. */
const gateOf = (pass: Pass): Gate => ({
  pass,
  recheck: async () => undefined,
  check: () => {
    const passed = pass();
    return passed instanceof Promise ? passed.then(() => undefined) : undefined;
  },
});

const counted = (label: string) => new ReferenceCountedDriver(recordingDriver(label));

const call = (driver: IDataDriver, method: keyof IDataDriver, args: unknown[]) =>
  (driver[method] as (...args: unknown[]) => Promise<unknown>).apply(driver, args);

describe('GatedDriver', () => {
  it('exposes the capabilities of the driver', () => {
    const driver = recordingDriver('a');
    const { name, version, supports } = new GatedDriver(
      driver,
      gateOf(() => new ReferenceCountedDriver(driver)),
    );
    expect({ name, version, supports }).toEqual({
      name: 'recording',
      version: '9.9.9',
      supports: driver.supports,
    });
  });

  it.each(OPERATIONS)(
    'forwards %s unchanged, synchronously or after the gate has loaded',
    async (method, args) => {
      const driver = counted('a');
      for (const pass of [() => driver, () => Promise.resolve(driver)]) {
        expect(await call(new GatedDriver(driver.driver, gateOf(pass)), method, args)).toEqual(
          method === 'rollback' ? undefined : { label: 'a', method, args },
        );
      }
    },
  );

  it.each(OPERATIONS)('rejects %s with the error of the gate', async (method, args) => {
    const gated = new GatedDriver(
      recordingDriver('a'),
      gateOf(() => Promise.reject(suspended())),
    );
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
    const streaming = new ReferenceCountedDriver(driver);
    let current: Pass = () => streaming;
    const gated = new GatedDriver(
      driver,
      gateOf(() => current()),
    );
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
    const refused = new GatedDriver(
      recordingDriver('a'),
      gateOf(() => Promise.reject(suspended())),
    );
    await expect(refused.connect()).rejects.toMatchObject({ code: 'tenant_suspended' });
    await expect(refused.beginTransaction()).rejects.toMatchObject({ code: 'tenant_suspended' });
    expect(await refused.disconnect()).toBeUndefined();
    expect(await refused.checkHealth()).toBe(false);
  });

  it('runs a transaction on the driver that began it, and permits its rollback if access is refused', async () => {
    const [first, second] = [counted('a'), counted('b')];
    let current: Pass = () => first;
    const gated = new GatedDriver(
      recordingDriver('a'),
      gateOf(() => current()),
    );
    const transaction = await gated.beginTransaction();
    current = () => second;
    expect(await gated.create('account', {}, { transaction })).toMatchObject({ label: 'a' });
    expect(await gated.create('account', {})).toMatchObject({ label: 'b' });
    expect(await gated.commit(transaction)).toMatchObject({ label: 'a', method: 'commit' });
    current = () => Promise.reject(suspended());
    await expect(gated.commit(transaction)).rejects.toMatchObject({ code: 'tenant_suspended' });
    expect(await gated.rollback(transaction)).toBeUndefined();
  });

  /** A driver whose operations end when the test lets them, and which records that it was disconnected. */
  function slowDriver(label: string) {
    const { promise: released, resolve: release } = withResolvers<void>();
    let isDisconnected = false;
    const driver: IDataDriver = {
      ...recordingDriver(label),
      create: async () => {
        await released;
        return { id: label };
      },
      findStream: async function* () {
        yield { id: '1' };
        yield { id: '2' };
      },
      disconnect: async () => {
        isDisconnected = true;
      },
    };
    return { driver: new ReferenceCountedDriver(driver), release, isDisconnected: () => isDisconnected };
  }

  it('disconnects a retired driver after the operation in progress, and uses the next one meanwhile', async () => {
    const [first, second] = [slowDriver('a'), slowDriver('b')];
    let current = first.driver;
    const gated = new GatedDriver(
      first.driver.driver,
      gateOf(() => current),
    );
    const creating = gated.create('account', {});
    current = second.driver;
    first.driver.retire();
    expect(await gated.find('account')).toMatchObject({ label: 'b' });
    expect(first.isDisconnected()).toBe(false);
    first.release();
    expect(await creating).toEqual({ id: 'a' });
    await first.driver.ended;
    expect(first.isDisconnected()).toBe(true);
  });

  it.each(['commit', 'rollback'] as const)('ends the lease of a transaction by its %s', async (end) => {
    const { driver, isDisconnected } = slowDriver('a');
    const gated = new GatedDriver(
      driver.driver,
      gateOf(() => driver),
    );
    const transaction = await gated.beginTransaction();
    await gated.beginTransaction({ transaction });
    driver.retire();
    expect(await gated.count('account', {}, { transaction })).toMatchObject({ label: 'a' });
    expect(isDisconnected()).toBe(false);
    await gated[end](transaction);
    await driver.ended;
    await gated.rollback(transaction);
    expect(driver.acquire()).toBe(false);
  });

  it('ends the lease of a stream that is left early', async () => {
    const { driver, isDisconnected } = slowDriver('a');
    const gated = new GatedDriver(
      driver.driver,
      gateOf(() => driver),
    );
    for await (const { id } of gated.findStream('account')) {
      driver.retire();
      expect([id, isDisconnected()]).toEqual(['1', false]);
      break;
    }
    await driver.ended;
  });

  it('asks the gate again if the driver was retired since', async () => {
    const [retired, next] = [slowDriver('a'), slowDriver('b')];
    retired.driver.retire();
    const passes = [retired.driver, next.driver, retired.driver, next.driver];
    const gated = new GatedDriver(
      retired.driver.driver,
      gateOf(async () => passes.shift() ?? next.driver),
    );
    expect(await gated.count('account')).toMatchObject({ label: 'b' });
    await gated.rollback(await gated.beginTransaction());
    expect(passes).toEqual([]);
  });

  it('ends the lease if a transaction cannot begin', async () => {
    const { driver } = slowDriver('a');
    driver.driver.beginTransaction = () => Promise.reject(suspended());
    const gated = new GatedDriver(
      driver.driver,
      gateOf(() => driver),
    );
    await expect(gated.beginTransaction()).rejects.toMatchObject({ code: 'tenant_suspended' });
    driver.retire();
    await driver.ended;
  });
});
