import type {
  DriverOptions,
  IDataDriver,
  RecordData,
  ValueRow,
  ValuesQueryInput,
} from '@objectstack/spec/contracts';
import type {
  CreateRecordOf,
  FieldOperators,
  ObjectInput,
  QueryInput,
  RecordOf,
  UpdateRecordOf,
} from '@objectstack/spec/data';
import type { BundleOf } from '@objectstack/spec/system';

type NameOf<T extends ObjectInput> = Extract<keyof RecordOf<T>, string>;

/** Conditions on the fields of an object. */
export type TypedFilter<T extends ObjectInput> = {
  [Name in NameOf<T>]?: string | number | boolean | null | FieldOperators;
} & {
  $and?: TypedFilter<T>[];
  $or?: TypedFilter<T>[];
  $not?: TypedFilter<T>;
};

/** A query on the fields of an object. */
export type TypedQuery<T extends ObjectInput> = Omit<
  QueryInput,
  'object' | 'where' | 'fields' | 'orderBy' | 'aggregations' | 'groupBy' | 'having' | 'distinct' | 'expand'
> & {
  where?: TypedFilter<T>;
  orderBy?: { field: NameOf<T>; order?: 'asc' | 'desc' }[];
};

interface Fields<Name> {
  fields: readonly Name[];
}

/** The records of one object, typed by its definition. */
export interface TypedObject<T extends ObjectInput> {
  find<const Name extends NameOf<T>>(
    query: TypedQuery<T> & Fields<Name>,
    options?: DriverOptions,
  ): Promise<Pick<RecordOf<T>, Name | Extract<'id', keyof RecordOf<T>>>[]>;
  find(query?: TypedQuery<T>, options?: DriverOptions): Promise<RecordOf<T>[]>;
  findOne<const Name extends NameOf<T>>(
    query: TypedQuery<T> & Fields<Name>,
    options?: DriverOptions,
  ): Promise<Pick<RecordOf<T>, Name | Extract<'id', keyof RecordOf<T>>> | null>;
  findOne(query?: TypedQuery<T>, options?: DriverOptions): Promise<RecordOf<T> | null>;
  findStream(query?: TypedQuery<T>, options?: DriverOptions): AsyncIterable<RecordOf<T>>;
  /** Rows of values; see `find` of the driver. */
  values(query: ValuesQueryInput, options?: DriverOptions): Promise<ValueRow[]>;
  count(query?: Pick<TypedQuery<T>, 'where'>, options?: DriverOptions): Promise<number>;
  create(data: CreateRecordOf<T>, options?: DriverOptions): Promise<RecordOf<T>>;
  update(id: string, data: UpdateRecordOf<T>, options?: DriverOptions): Promise<RecordOf<T>>;
  upsert(
    data: CreateRecordOf<T>,
    conflictKeys?: readonly NameOf<T>[],
    options?: DriverOptions,
  ): Promise<RecordOf<T>>;
  delete(id: string, options?: DriverOptions): Promise<boolean>;
  bulkCreate(data: readonly CreateRecordOf<T>[], options?: DriverOptions): Promise<RecordOf<T>[]>;
  bulkUpdate(
    updates: readonly { id: string; data: UpdateRecordOf<T> }[],
    options?: DriverOptions,
  ): Promise<RecordOf<T>[]>;
  bulkDelete(ids: readonly string[], options?: DriverOptions): Promise<void>;
  updateMany(
    query: { where: TypedFilter<T> },
    data: UpdateRecordOf<T>,
    options?: DriverOptions,
  ): Promise<number>;
  deleteMany(query: { where: TypedFilter<T> }, options?: DriverOptions): Promise<number>;
}

/** The objects of a bundle by name. */
export type TypedDatabase<Objects extends readonly ObjectInput[]> = {
  readonly [T in Objects[number] as T['name']]: TypedObject<T>;
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

/**
 * Typed access to the objects of a bundle: `db.account.findOne(…)`. Accepts the result of `defineBundle`, or objects
 * created with `defineObject`. Only the types are narrower; the behavior is that of the driver.
 */
export function typed<const Objects extends readonly ObjectInput[]>(
  driver: IDataDriver,
  bundle: BundleOf<Objects>,
): TypedDatabase<Objects>;
export function typed<const Objects extends readonly ObjectInput[]>(
  driver: IDataDriver,
  bundle: { readonly objects: Objects },
): TypedDatabase<Objects>;
export function typed(driver: IDataDriver, bundle: { readonly objects?: unknown }): unknown {
  const objects = Array.isArray(bundle.objects) ? bundle.objects : [];
  return Object.fromEntries(objects.map(({ name }) => [name, objectOf(driver, String(name))]));
}
