import type { AbortOptions, DriverOptions, IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';

export interface SignalledCall {
  readonly name: string;
  readonly call: (driver: IDataDriver, options: DriverOptions) => Promise<unknown>;
  /** Whether it can run inside a transaction. */
  readonly inTransaction: boolean;
}

const inside = (name: string, call: SignalledCall['call']): SignalledCall => ({
  name,
  call,
  inTransaction: true,
});
const outside = (
  name: string,
  call: (driver: IDataDriver, options: AbortOptions) => Promise<unknown>,
): SignalledCall => ({
  name,
  call: (driver, { signal }) => call(driver, signal ? { signal } : {}),
  inTransaction: false,
});

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

/** One call of every method that takes a signal, on an object with a text field `name`. */
export function signalledCalls(object: ObjectDefinition): SignalledCall[] {
  const { name } = object;
  return [
    inside('find', (driver, options) => driver.find(name, {}, options)),
    inside('findStream', (driver, options) => drain(driver.findStream(name, {}, options))),
    inside('findOne', (driver, options) => driver.findOne(name, {}, options)),
    inside('count', (driver, options) => driver.count(name, {}, options)),
    inside('explain', (driver, options) => driver.explain(name, {}, options)),
    inside('create', (driver, options) => driver.create(name, { name: 'a' }, options)),
    inside('update', (driver, options) => driver.update(name, 'one', { name: 'a' }, options)),
    inside('upsert', (driver, options) => driver.upsert(name, { id: 'one', name: 'a' }, ['id'], options)),
    inside('delete', (driver, options) => driver.delete(name, 'one', options)),
    inside('bulkCreate', (driver, options) => driver.bulkCreate(name, [{ name: 'a' }], options)),
    inside('bulkUpdate', (driver, options) =>
      driver.bulkUpdate(name, [{ id: 'one', data: { name: 'a' } }], options),
    ),
    inside('bulkDelete', (driver, options) => driver.bulkDelete(name, ['one'], options)),
    inside('updateMany', (driver, options) => driver.updateMany(name, { where: {} }, { name: 'a' }, options)),
    inside('deleteMany', (driver, options) => driver.deleteMany(name, { where: {} }, options)),
    inside('execute', (driver, options) => driver.execute(`UPDATE "${name}" SET name = 'a'`, [], options)),
    outside('executeAtomic', (driver, options) => driver.executeAtomic([{ sql: 'SELECT 1' }], options)),
    outside('beginTransaction', async (driver, options) =>
      driver.rollback(await driver.beginTransaction(options)),
    ),
    outside('refresh', (driver, options) => driver.refresh(options)),
    outside('syncSchema', (driver, options) => driver.syncSchema(name, object, options)),
    outside('syncSchemasBatch', (driver, options) =>
      driver.syncSchemasBatch([{ object: name, definition: object }], options),
    ),
  ];
}
