import { createHash } from 'node:crypto';
import type { ObjectDefinition, SeedDataset } from '@objectstack/spec/data';
import canonicalize from 'canonicalize';
import { v5 as uuidv5 } from 'uuid';

const NAMESPACE = '7b1c9a52-5d0e-4a4e-8f0b-0d9a7c3e6f21';

const ids = new WeakMap<SeedDataset, string>();

/** Id of a seed set, derived from its content, so that an unchanged set is recognized in the next version. */
export function seedSetId(dataset: SeedDataset): string {
  const known = ids.get(dataset);
  if (known !== undefined) return known;
  const { object, externalId, mode, records } = dataset;
  const content = canonicalize({ object, externalId, mode, records }) ?? '';
  const id = createHash('sha256').update(content).digest('hex');
  ids.set(dataset, id);
  return id;
}

/**
 * Ids of records without another identity, derived from their content and their position among equal ones, so that a
 * record is recognized if other records of its set change.
 */
export function seedRecordIds({ object, records }: SeedDataset): string[] {
  const seen = new Map<string, number>();
  return records.map((record) => {
    const content = canonicalize({ object, record }) ?? '';
    const place = seen.get(content) ?? 0;
    seen.set(content, place + 1);
    return uuidv5(`${place}/${content}`, NAMESPACE);
  });
}

export function externalKeys({ externalId }: SeedDataset): string[] {
  return typeof externalId === 'string' ? [externalId] : externalId;
}

/** Fields by which a lookup may identify a record of an object, most specific first. */
export function naturalKeyFields(definition: ObjectDefinition, datasets: readonly SeedDataset[]): string[] {
  const fromSeeds = datasets
    .filter(({ object }) => object === definition.name)
    .map(externalKeys)
    .flatMap((keys) => (keys.length === 1 ? keys : []));
  const marked = Object.entries(definition.fields).flatMap(([name, field]) =>
    field.externalId ? [name] : [],
  );
  const displayed = definition.displayNameField ?? 'name';
  const known = [...fromSeeds, ...marked, displayed].filter((name) => Object.hasOwn(definition.fields, name));
  return [...new Set(known)];
}
