import type { DataRecord, DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { type Filter, SYSTEM_FIELDS, storageOf } from '@objectstack/spec/data';
import { externalKeys } from './seed-keys.js';
import type { SeedSet } from './seed-set.js';

/** How a record is identified: by its id, its keys, or both. */
export interface SeedIdentity {
  readonly id?: string;
  readonly where?: Filter;
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function isComparable({ definition }: SeedSet, name: string): boolean {
  const field = definition.fields[name];
  return field ? storageOf(field).comparand !== 'presence' : Object.hasOwn(SYSTEM_FIELDS, name);
}

const comparable = new WeakMap<SeedSet, readonly string[] | null>();

/** Keys of the set by which a record can be found; null if it has none. */
function comparableKeys(set: SeedSet): readonly string[] | null {
  const known = comparable.get(set);
  if (known !== undefined) return known;
  const keys = externalKeys(set.dataset);
  const found = set.dataset.mode !== 'insert' && keys.every((key) => isComparable(set, key)) ? keys : null;
  comparable.set(set, found);
  return found;
}

/** A record without keys is identified by its own id, or by one that is derived from its content. */
export function identify(set: SeedSet, data: Readonly<Record<string, unknown>>, index: number): SeedIdentity {
  const keys = comparableKeys(set);
  const found = keys?.every((key) => isScalar(data[key])) ? keys : null;
  const given = typeof data.id === 'string' ? data.id : undefined;
  const id = given ?? (found ? undefined : set.recordIds()[index]);
  return {
    ...(id !== undefined && { id }),
    ...(found && { where: Object.fromEntries(found.map((key) => [key, data[key] as string])) }),
  };
}

/** Whether a record with one of the identities may exist. Of identities with several keys, only the first is compared. */
export async function mayExist(
  driver: IDataDriver,
  { definition: { name } }: SeedSet,
  identities: readonly SeedIdentity[],
  transaction: DriverTransaction,
): Promise<boolean> {
  const values = new Map<string, unknown[]>();
  const add = (key: string, value: unknown) => {
    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  };
  for (const { id, where = {} } of identities) {
    if (id !== undefined) add('id', id);
    const [first] = Object.entries(where);
    if (first) add(...first);
  }
  const conditions = [...values].map(([key, all]) => ({ [key]: { $in: all } }) as Filter);
  const where: Filter = conditions.length === 1 ? (conditions[0] ?? {}) : { $or: conditions };
  return (await driver.find(name, { where, fields: ['id'], limit: 1 }, { transaction })).length > 0;
}

/** The records with this identity; several only if their keys are not unique. */
export async function findByIdentity(
  driver: IDataDriver,
  { definition: { name }, dataset }: SeedSet,
  { id, where }: SeedIdentity,
  transaction?: DriverTransaction,
): Promise<DataRecord[]> {
  const fields = dataset.preserveEdits === true ? {} : { fields: ['id'] };
  const find = (filter: Filter) =>
    driver.find(name, { where: filter, ...fields, limit: 2 }, transaction && { transaction });
  const byId = id === undefined ? [] : await find({ id });
  return byId.length > 0 || !where ? byId : find(where);
}
