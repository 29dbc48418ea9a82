import type { DriverOptions, IDataDriver, RecordData, ValuesQueryInput } from '@objectstack/spec/contracts';
import type {
  CreateRecordOf,
  ObjectInput,
  QueryInput,
  RecordOf,
  UpdateRecordOf,
} from '@objectstack/spec/data';
import type { ObjectsOf } from '@objectstack/spec/system';
import type { FilterOf } from './filter-of.js';
import type { ExpandOf, FoundOf, TypedQuery } from './typed-query.js';
import type { TypedAggregation, TypedRow, TypedValuesQuery } from './typed-values-query.js';

export type { TypedFilter, TypedQuery } from './typed-query.js';
export type { TypedAggregation, TypedRow, TypedValuesQuery } from './typed-values-query.js';

type Objects = readonly ObjectInput[];
type NoLookups = Record<never, never>;

/**
 * The records of one object, typed by its definition. A record has the fields listed in `fields`, by default all, and the
 * referenced record in place of each lookup in `expand`.
 */
export interface TypedObject<T extends ObjectInput, All extends Objects = readonly [T]> {
  /** Returns the matching records in order; see `find` of the driver. */
  find<
    const Name extends keyof RecordOf<T> = keyof RecordOf<T>,
    const Expand extends ExpandOf<T, All> = NoLookups,
  >(
    query?: TypedQuery<T, All, Name, Expand>,
    options?: DriverOptions,
  ): Promise<FoundOf<T, All, Name, Expand>[]>;
  /** Returns the first matching record, or null. */
  findOne<
    const Name extends keyof RecordOf<T> = keyof RecordOf<T>,
    const Expand extends ExpandOf<T, All> = NoLookups,
  >(
    query?: TypedQuery<T, All, Name, Expand>,
    options?: DriverOptions,
  ): Promise<FoundOf<T, All, Name, Expand> | null>;
  /** Returns the matching records one at a time, in constant memory; see `findStream` of the driver. */
  findStream<
    const Name extends keyof RecordOf<T> = keyof RecordOf<T>,
    const Expand extends ExpandOf<T, All> = NoLookups,
  >(
    query?: TypedQuery<T, All, Name, Expand>,
    options?: DriverOptions,
  ): AsyncIterable<FoundOf<T, All, Name, Expand>>;
  /** Returns rows of values: one for each group of `groupBy`, or the distinct rows of `fields`. */
  values<
    const Name extends keyof RecordOf<T> = never,
    const Nodes extends readonly TypedAggregation<T>[] = readonly [],
  >(query: TypedValuesQuery<T, Name, Nodes>, options?: DriverOptions): Promise<TypedRow<T, Name, Nodes>[]>;
  /** Returns the number of matching records. */
  count(query?: { where?: FilterOf<RecordOf<T>> }, options?: DriverOptions): Promise<number>;
  /** Creates a record and returns it as stored. */
  create(data: CreateRecordOf<T>, options?: DriverOptions): Promise<RecordOf<T>>;
  /** Updates the given fields and returns the whole record. */
  update(id: string, data: UpdateRecordOf<T>, options?: DriverOptions): Promise<RecordOf<T>>;
  /** Updates the record that has the given values of `conflictKeys` (default: id), or creates one. */
  upsert(
    data: CreateRecordOf<T>,
    conflictKeys?: readonly (keyof RecordOf<T>)[],
    options?: DriverOptions,
  ): Promise<RecordOf<T>>;
  /** Deletes the record; returns false if it does not exist. */
  delete(id: string, options?: DriverOptions): Promise<boolean>;
  /** Creates many records, all or none, and returns them in order. */
  bulkCreate(data: readonly CreateRecordOf<T>[], options?: DriverOptions): Promise<RecordOf<T>[]>;
  /** Updates many records, all or none. */
  bulkUpdate(
    updates: readonly { id: string; data: UpdateRecordOf<T> }[],
    options?: DriverOptions,
  ): Promise<RecordOf<T>[]>;
  /** Deletes many records, all or none; ids without a record are ignored. */
  bulkDelete(ids: readonly string[], options?: DriverOptions): Promise<void>;
  /** Updates every matching record and returns the number of updated records. The filter is required. */
  updateMany(
    query: { where: FilterOf<RecordOf<T>> },
    data: UpdateRecordOf<T>,
    options?: DriverOptions,
  ): Promise<number>;
  /** Deletes every matching record and returns the number of deleted records. The filter is required. */
  deleteMany(query: { where: FilterOf<RecordOf<T>> }, options?: DriverOptions): Promise<number>;
}

/** The objects of a bundle by name. */
export type TypedDatabase<All extends Objects> = {
  readonly [T in All[number] as T['name']]: TypedObject<T, All>;
};

/** The methods of a driver bound to an object name; the declared types are checked by {@link typed}. */
function objectOf(driver: IDataDriver, name: string): object {
  const query = (given: unknown) => given as QueryInput;
  const data = (given: unknown) => given as RecordData;
  return {
    find: (asked: unknown, options?: DriverOptions) => driver.find(name, query(asked), options),
    findOne: (asked: unknown, options?: DriverOptions) => driver.findOne(name, query(asked), options),
    findStream: (asked: unknown, options?: DriverOptions) => driver.findStream(name, query(asked), options),
    values: (asked: ValuesQueryInput, options?: DriverOptions) => driver.find(name, asked, options),
    count: (asked: unknown, options?: DriverOptions) => driver.count(name, query(asked), options),
    create: (given: unknown, options?: DriverOptions) => driver.create(name, data(given), options),
    update: (id: string, given: unknown, options?: DriverOptions) =>
      driver.update(name, id, data(given), options),
    upsert: (given: unknown, keys?: readonly string[], options?: DriverOptions) =>
      driver.upsert(name, data(given), keys, options),
    delete: (id: string, options?: DriverOptions) => driver.delete(name, id, options),
    bulkCreate: (given: readonly RecordData[], options?: DriverOptions) =>
      driver.bulkCreate(name, given, options),
    bulkUpdate: (given: readonly { id: string; data: RecordData }[], options?: DriverOptions) =>
      driver.bulkUpdate(name, given, options),
    bulkDelete: (ids: readonly string[], options?: DriverOptions) => driver.bulkDelete(name, ids, options),
    updateMany: (asked: { where: never }, given: unknown, options?: DriverOptions) =>
      driver.updateMany(name, asked, data(given), options),
    deleteMany: (asked: { where: never }, options?: DriverOptions) => driver.deleteMany(name, asked, options),
  };
}

/** What lists objects: a bundle, or any other object with their definitions. */
interface WithObjects {
  readonly objects?: Objects | undefined;
}

/**
 * Typed access to the objects of a bundle: `db.account.findOne(…)`. Accepts the result of `defineBundle`, objects created
 * with `defineObject`, and a bundle from JSON with a type that `generateTypes` has written. Only the types are narrower; the
 * behavior is that of the driver.
 */
export function typed<const Bundle extends WithObjects>(
  driver: IDataDriver,
  bundle: Bundle,
): TypedDatabase<ObjectsOf<Bundle>> {
  const objects: Objects = Array.isArray(bundle.objects) ? bundle.objects : [];
  const access: unknown = Object.fromEntries(objects.map(({ name }) => [name, objectOf(driver, name)]));
  return access as TypedDatabase<ObjectsOf<Bundle>>;
}
