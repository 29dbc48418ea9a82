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
  const id = given ?? (hasKeys ? undefined : recordIds[index]);
  return {
    ...(id !== undefined && { id }),
    ...(hasKeys && { where: Object.fromEntries(keys.map((key) => [key, data[key] as string])) }),
  };
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
