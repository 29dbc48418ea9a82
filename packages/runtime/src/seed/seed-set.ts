import type { ObjectDefinition, SeedDataset } from '@objectstack/spec/data';
import type { DeployBundle } from '@objectstack/spec/system';
import { seedRecordIds, seedSetId } from './seed-keys.js';

/** A seed set as it is written. */
export interface SeedSet {
  readonly id: string;
  readonly dataset: SeedDataset;
  readonly definition: ObjectDefinition;
  /** Ids of records that nothing else identifies. */
  readonly recordIds: readonly string[];
  /** Ids of the bundle's sets of the same object, this one included. */
  readonly siblings: readonly string[];
}

export type SeedSetIds = ReadonlyMap<SeedDataset, string>;

export function seedSetIds({ seedData }: DeployBundle): SeedSetIds {
  return new Map(seedData.map((dataset) => [dataset, seedSetId(dataset)]));
}

export function toSeedSet(dataset: SeedDataset, { objects }: DeployBundle, ids: SeedSetIds): SeedSet {
  const { object } = dataset;
  const siblings = [...ids].filter(([other]) => other.object === object).map(([, id]) => id);
  return {
    id: ids.get(dataset) ?? seedSetId(dataset),
    dataset,
    definition: objects.find(({ name }) => name === object) ?? { name: object, fields: {} },
    recordIds: seedRecordIds(dataset),
    siblings,
  };
}
