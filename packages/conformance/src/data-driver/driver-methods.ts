import type { DriverOptions, IDataDriver } from '@objectstack/spec/contracts';
import type { Capability } from './driver-trial.js';

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

interface MethodCall {
  readonly call: (driver: IDataDriver, object: string, options?: DriverOptions) => Promise<unknown>;
  readonly capability?: Capability;
  readonly takesObject: boolean;
  readonly takesSignal: boolean;
}

const onObject = (call: MethodCall['call'], capability?: Capability): MethodCall => ({
  call,
  takesObject: true,
  takesSignal: true,
  ...(capability && { capability }),
});

/** One harmless call of every method that needs a connection. */
export const DRIVER_METHODS: Readonly<Record<string, MethodCall>> = {
  find: onObject((driver, object, options) => driver.find(object, {}, options)),
  findStream: onObject(
    (driver, object, options) => drain(driver.findStream(object, {}, options)),
    'streaming',
  ),
  findOne: onObject((driver, object, options) => driver.findOne(object, {}, options)),
  count: onObject((driver, object, options) => driver.count(object, {}, options)),
  explain: onObject((driver, object, options) => driver.explain(object, {}, options)),
  create: onObject((driver, object, options) => driver.create(object, { name: 'made' }, options)),
  update: onObject((driver, object, options) => driver.update(object, 'none', {}, options)),
  upsert: onObject((driver, object, options) =>
    driver.upsert(object, { id: 'made', name: 'made' }, ['id'], options),
  ),
  delete: onObject((driver, object, options) => driver.delete(object, 'none', options)),
  bulkCreate: onObject(
    (driver, object, options) => driver.bulkCreate(object, [{ name: 'made' }], options),
    'bulkCreate',
  ),
  bulkUpdate: onObject(
    (driver, object, options) => driver.bulkUpdate(object, [{ id: 'none', data: {} }], options),
    'bulkUpdate',
  ),
  bulkDelete: onObject(
    (driver, object, options) => driver.bulkDelete(object, ['none'], options),
    'bulkDelete',
  ),
  updateMany: onObject((driver, object, options) => driver.updateMany(object, { where: {} }, {}, options)),
  deleteMany: onObject((driver, object, options) => driver.deleteMany(object, { where: {} }, options)),
  beginTransaction: {
    call: (driver, _, options) => driver.beginTransaction(options),
    capability: 'transactions',
    takesObject: false,
    takesSignal: true,
  },
  commit: {
    call: (driver) => driver.commit({ id: 'none' }),
    capability: 'transactions',
    takesObject: false,
    takesSignal: false,
  },
  refresh: { call: (driver) => driver.refresh(), takesObject: false, takesSignal: false },
  execute: {
    call: (driver, _, options) => driver.execute('SELECT 1', [], options),
    capability: 'migrations',
    takesObject: false,
    takesSignal: true,
  },
  executeAtomic: {
    call: (driver, _, options) => driver.executeAtomic([{ sql: 'SELECT 1' }], options),
    capability: 'migrations',
    takesObject: false,
    takesSignal: true,
  },
  syncSchemasBatch: {
    call: (driver) => driver.syncSchemasBatch([]),
    capability: 'batchSchemaSync',
    takesObject: false,
    takesSignal: false,
  },
};
