import type { AbortOptions, DriverOptions, IDataDriver } from '@objectstack/spec/contracts';
import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import type { Capability, DriverCheck } from './driver-trial.js';

const DRAWER = ObjectDefinitionSchema.parse({ name: 'drawer', fields: { name: { type: 'text' } } });

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

export interface MethodCall {
  readonly call: (driver: IDataDriver, object: string, options?: DriverOptions) => Promise<unknown>;
  readonly capability?: Capability;
  readonly takesObject: boolean;
  readonly takesSignal: boolean;
  /** Error code on an empty database. Absent if the call succeeds. */
  readonly refusal?: ErrorCode;
  /** Number of records after the given number of calls. Default: 0. */
  readonly leaves?: (calls: number) => number;
}

type Rest = Pick<MethodCall, 'capability' | 'refusal' | 'leaves'>;

const onObject = (call: MethodCall['call'], rest: Rest = {}): MethodCall => ({
  call,
  takesObject: true,
  takesSignal: true,
  ...rest,
});

/** Options of methods that accept only a signal. */
const signalOf = ({ signal }: DriverOptions = {}): AbortOptions => (signal ? { signal } : {});

const oneEach = (calls: number) => calls;

/** One harmless call of every method that requires a connection. */
const DRIVER_METHODS: Readonly<Record<string, MethodCall>> = {
  find: onObject((driver, object, options) => driver.find(object, {}, options)),
  findStream: onObject((driver, object, options) => drain(driver.findStream(object, {}, options)), {
    capability: 'streaming',
  }),
  findOne: onObject((driver, object, options) => driver.findOne(object, {}, options)),
  count: onObject((driver, object, options) => driver.count(object, {}, options)),
  explain: onObject((driver, object, options) => driver.explain(object, {}, options)),
  create: onObject((driver, object, options) => driver.create(object, { name: 'made' }, options), {
    leaves: oneEach,
  }),
  update: onObject((driver, object, options) => driver.update(object, 'none', {}, options), {
    refusal: 'record_not_found',
  }),
  upsert: onObject(
    (driver, object, options) => driver.upsert(object, { id: 'made', name: 'made' }, ['id'], options),
    { leaves: () => 1 },
  ),
  delete: onObject((driver, object, options) => driver.delete(object, 'none', options)),
  bulkCreate: onObject((driver, object, options) => driver.bulkCreate(object, [{ name: 'made' }], options), {
    capability: 'bulkCreate',
    leaves: oneEach,
  }),
  bulkUpdate: onObject(
    (driver, object, options) => driver.bulkUpdate(object, [{ id: 'none', data: {} }], options),
    { capability: 'bulkUpdate', refusal: 'record_not_found' },
  ),
  bulkDelete: onObject((driver, object, options) => driver.bulkDelete(object, ['none'], options), {
    capability: 'bulkDelete',
  }),
  updateMany: onObject((driver, object, options) => driver.updateMany(object, { where: {} }, {}, options)),
  deleteMany: onObject((driver, object, options) => driver.deleteMany(object, { where: {} }, options)),
  beginTransaction: {
    call: async (driver, _, options) => driver.rollback(await driver.beginTransaction(options)),
    capability: 'transactions',
    takesObject: false,
    takesSignal: true,
  },
  commit: {
    call: (driver) => driver.commit({ id: 'none' }),
    capability: 'transactions',
    refusal: 'invalid_transaction',
    takesObject: false,
    takesSignal: false,
  },
  refresh: {
    call: (driver, _, options) => driver.refresh(signalOf(options)),
    takesObject: false,
    takesSignal: true,
  },
  execute: {
    call: (driver, _, options) => driver.execute('SELECT 1', [], options),
    capability: 'rawSql',
    takesObject: false,
    takesSignal: true,
  },
  executeAtomic: {
    call: (driver, _, options) => driver.executeAtomic([{ sql: 'SELECT 1' }], options),
    capability: 'migrations',
    takesObject: false,
    takesSignal: true,
  },
  syncSchema: {
    call: (driver, _, options) => driver.syncSchema('drawer', DRAWER, signalOf(options)),
    capability: 'schemaSync',
    takesObject: false,
    takesSignal: true,
  },
  syncSchemasBatch: {
    call: (driver, _, options) => driver.syncSchemasBatch([], signalOf(options)),
    capability: 'batchSchemaSync',
    takesObject: false,
    takesSignal: true,
  },
};

/** One check for each applicable method, named after it. */
export function forEachMethod(
  applies: (method: MethodCall) => boolean,
  toCheck: (name: string, method: MethodCall) => DriverCheck,
): Record<string, DriverCheck> {
  return Object.fromEntries(
    Object.entries(DRIVER_METHODS)
      .filter(([, method]) => applies(method))
      .map(([name, method]) => {
        const check = toCheck(name, method);
        const needed = [...(method.capability ? [method.capability] : []), ...(check.capabilities ?? [])];
        return [name, needed.length > 0 ? { ...check, capabilities: [...new Set(needed)] } : check];
      }),
  );
}
