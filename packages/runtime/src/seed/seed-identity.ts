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

/** A record without keys is identified by its own id, or by one that is derived from its content. */
export function identify(set: SeedSet, data: Readonly<Record<string, unknown>>, index: number): SeedIdentity {
  const { dataset, recordIds } = set;
  const keys = externalKeys(dataset);
  const hasKeys =
    dataset.mode !== 'insert' && keys.every((key) => isComparable(set, key) && isScalar(data[key]));
  const given = typeof data.id === 'string' ? data.id : undefined;
  const id = given ?? (hasKeys ? undefined : recordIds()[index]);
  return {
    ...(id !== undefined && { id }),
    ...(hasKeys && { where: Object.fromEntries(keys.map((key) => [key, data[key] as string])) }),
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
  { definition: { name } }: SeedSet,
  { id, where }: SeedIdentity,
  transaction?: DriverTransaction,
): Promise<DataRecord[]> {
  const find = (filter: Filter) =>
    driver.find(name, { where: filter, fields: ['id'], limit: 2 }, transaction && { transaction });
  const byId = id === undefined ? [] : await find({ id });
  return byId.length > 0 || !where ? byId : find(where);
}
