import type { ObjectDefinition, SeedDataset, SeedEnvironment } from '@objectstack/spec/data';
import type { DeployBundle, SeedResult } from '@objectstack/spec/system';
import { seedRecordIds, seedSetId } from './seed-keys.js';

/** A seed set in written form. */
export interface SeedSet {
  readonly id: string;
  readonly dataset: SeedDataset;
  readonly definition: ObjectDefinition;
  /** Ids of records without another identity. Derived when they are first needed, because most sets have keys. */
  readonly recordIds: () => readonly string[];
  /** Ids of all sets of the bundle for the same object, including this one. */
  readonly siblings: readonly string[];
}

export type SeedSetIds = ReadonlyMap<SeedDataset, string>;

export function seedSetIds({ seedData }: DeployBundle): SeedSetIds {
  return new Map(seedData.map((dataset) => [dataset, seedSetId(dataset)]));
}

/**
 * The outcome of a set that is not written: one for other environments, or for an object that is not in the bundle, for
 * example of an app, whose records belong to the owner of the object. `null` if it is written.
 */
export function skippedAs(
  { object, env }: SeedDataset,
  { objects }: Pick<DeployBundle, 'objects'>,
  environment: SeedEnvironment,
): Extract<SeedResult['outcome'], 'other_environment' | 'unknown_object'> | null {
  if (!env.includes(environment)) return 'other_environment';
  return objects.some(({ name }) => name === object) ? null : 'unknown_object';
}

export function toSeedSet(dataset: SeedDataset, { objects }: DeployBundle, ids: SeedSetIds): SeedSet {
  const { object } = dataset;
  let recordIds: readonly string[] | undefined;
  const siblings = [...ids].filter(([other]) => other.object === object).map(([, id]) => id);
  return {
    id: ids.get(dataset) ?? seedSetId(dataset),
    dataset,
    definition: objects.find(({ name }) => name === object) ?? { name: object, fields: {} },
    recordIds: () => {
      recordIds ??= seedRecordIds(dataset);
      return recordIds;
    },
    siblings,
  };
}
