import type { DataRecord, DriverOptions, IDataDriver } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import type { Operation } from './random-operations.js';

async function collect(records: AsyncIterable<DataRecord>): Promise<DataRecord[]> {
  const all: DataRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

/** Makes the call of an operation that is no transaction step. */
export function callOperation(
  driver: IDataDriver,
  operation: Operation,
  options: DriverOptions,
): Promise<unknown> {
  switch (operation.kind) {
    case 'create':
      return driver.create(operation.object, operation.data, options);
    case 'upsert':
      return driver.upsert(operation.object, operation.data, operation.keys, options);
    case 'update':
      return driver.update(operation.object, operation.id, operation.data, options);
    case 'delete':
      return driver.delete(operation.object, operation.id, options);
    case 'bulkCreate':
      return driver.bulkCreate(operation.object, operation.list, options);
    case 'bulkUpdate':
      return driver.bulkUpdate(operation.object, operation.list, options);
    case 'bulkDelete':
      return driver.bulkDelete(operation.object, operation.ids, options);
    case 'updateMany':
      return driver.updateMany(
        operation.object,
        { where: operation.where as Filter },
        operation.data,
        options,
      );
    case 'deleteMany':
      return driver.deleteMany(operation.object, { where: operation.where as Filter }, options);
    case 'count':
      return driver.count(operation.object, { where: operation.where as Filter }, options);
    case 'find':
      return driver.find(operation.object, operation.query, options);
    case 'findOne':
      return driver.findOne(operation.object, operation.query, options);
    case 'findStream':
      return collect(driver.findStream(operation.object, operation.query, options));
    default:
      throw new Error('A transaction step is not a call.');
  }
}
