import type { DataRecord, DriverOptions, DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Operation } from './random-operations.js';

/** Result of a call, without the parts that differ between databases. */
export type Outcome = { readonly value: unknown } | { readonly code: string; readonly path?: unknown };

/** Timestamps of writes, which differ between databases. */
const TIMES = new Set(['created_at', 'updated_at', 'joined_on']);

export function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !TIMES.has(name));
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutTimes(item)]));
}

async function collect(records: AsyncIterable<DataRecord>): Promise<DataRecord[]> {
  const all: DataRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

function call(driver: IDataDriver, operation: Operation, options: DriverOptions): Promise<unknown> {
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

/** A record of this object may already have been deleted by a cascade, and is then not counted. */
const CASCADING = 'folder';

/** A call with several errors may reject with any of these codes. */
const MISTAKES = new Set(['invalid_filter', 'invalid_query', 'validation_failed']);

async function outcomeOf(work: Promise<unknown>, operation: Operation): Promise<Outcome> {
  const { kind } = operation;
  const isUncertain = kind === 'deleteMany' && operation.object === CASCADING;
  try {
    const value = withoutTimes((await work) ?? null);
    return { value: isUncertain ? 'some' : value };
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    if (kind === 'updateMany' && MISTAKES.has(error.code)) return { code: 'an invalid argument' };
    const isAboutPath = error.code === 'invalid_filter' || error.code === 'invalid_query';
    return { code: error.code, ...(isAboutPath && { path: error.details.path }) };
  }
}

/** A driver with the open transactions of its operations, the innermost last. */
export class OperationRunner {
  readonly driver: IDataDriver;
  readonly #open: DriverTransaction[] = [];

  constructor(driver: IDataDriver) {
    this.driver = driver;
  }

  /** Runs a call in the innermost transaction, or opens or ends a transaction. */
  async run(operation: Operation): Promise<Outcome> {
    const innermost = this.#open.at(-1);
    const options = innermost ? { transaction: innermost } : {};
    if (operation.kind === 'begin') {
      if (this.#open.length >= 3) return { value: null };
      const work = this.driver.beginTransaction(options);
      return outcomeOf(
        work.then((transaction) => this.#open.push(transaction)),
        operation,
      );
    }
    if (operation.kind === 'commit' || operation.kind === 'rollback') {
      if (!innermost) return { value: null };
      this.#open.pop();
      return outcomeOf(this.driver[operation.kind](innermost), operation);
    }
    return outcomeOf(call(this.driver, operation, options), operation);
  }

  /** Rolls back open transactions, so that all drivers can read. */
  async finish(): Promise<void> {
    const [outermost] = this.#open.splice(0);
    if (outermost) await this.driver.rollback(outermost);
  }
}
