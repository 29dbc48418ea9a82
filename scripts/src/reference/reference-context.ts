import type { Catalogue } from '../catalogue/catalogue.js';
import { documentName } from '../json-schema/to-documents.js';
import { examples } from './examples.js';
import { type MetadataClasses, metadataClasses } from './metadata-class.js';
import { referredName, schemaPlaces } from './places.js';
import { referencesIn } from './schema-node.js';
import { typeNames } from './type-names.js';

/** What every page needs to know of the others. */
export interface ReferenceContext {
  readonly catalogue: Catalogue;
  /** Where each schema stands, by name: page and anchor. */
  readonly places: ReadonlyMap<string, string>;
  /** Where each method of a contract stands, by contract and method. */
  readonly methodPlaces: ReadonlyMap<string, string>;
  /** Names of the types of schemas, and of the schemas themselves, with the name of the schema's document. */
  readonly typeNames: ReadonlyMap<string, string>;
  readonly descriptions: ReadonlyMap<string, string>;
  readonly examples: ReadonlyMap<string, unknown>;
  readonly classes: MetadataClasses;
  /** Schemas that a schema is part of, by name. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

function usersOf({ entries }: Catalogue): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { name, inputDocument } of entries) {
    const user = documentName(name);
    for (const used of new Set(referencesIn(inputDocument).map(referredName)))
      if (used !== user) users.set(used, [...(users.get(used) ?? []), user]);
  }
  return users;
}

export function referenceContext(
  catalogue: Catalogue,
  methodPlaces: ReadonlyMap<string, string>,
): ReferenceContext {
  return {
    catalogue,
    methodPlaces,
    places: schemaPlaces(catalogue),
    typeNames: typeNames(catalogue),
    descriptions: new Map(
      catalogue.entries.map(({ name, description }) => [documentName(name), description]),
    ),
    examples: examples(catalogue),
    classes: metadataClasses(catalogue),
    users: usersOf(catalogue),
  };
}
