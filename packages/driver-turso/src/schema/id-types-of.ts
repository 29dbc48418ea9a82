import type { IdType, ObjectDefinition } from '@objectstack/spec/data';
import type { DeployDiff } from '@objectstack/spec/system';

/** The objects of a database, and the types of their ids, which a column with a reference has too. */
export type ObjectIdTypes = ReadonlyMap<string, IdType>;

export const idTypesOf = (definitions: readonly Pick<ObjectDefinition, 'name' | 'idType'>[]): ObjectIdTypes =>
  new Map(definitions.map(({ name, idType = 'text' }) => [name, idType]));

/** The objects after a migration. */
export function idTypesAfter({ knownObjects: names, integerIds = [] }: DeployDiff): ObjectIdTypes {
  const integers = new Set(integerIds);
  return new Map(names.map((name) => [name, integers.has(name) ? 'integer' : 'text']));
}

/** What a diff contains of the objects after it. */
export function knownObjectsOf(known: ObjectIdTypes): Pick<DeployDiff, 'knownObjects' | 'integerIds'> {
  const names = [...known.keys()].sort();
  const integerIds = names.filter((name) => known.get(name) === 'integer');
  return { knownObjects: names, ...(integerIds.length > 0 && { integerIds }) };
}
