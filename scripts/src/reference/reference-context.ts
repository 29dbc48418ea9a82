import type { Catalog } from '../catalog/catalog.js';
import { documentName } from '../json-schema/to-documents.js';
import { examples } from './examples.js';
import { type MetadataClasses, metadataClasses } from './metadata-class.js';
import { referredName, schemaPlaces } from './places.js';
import { referencesIn } from './schema-node.js';
import { typeNames } from './type-names.js';

/** Information about all pages that each page needs. */
export interface ReferenceContext {
  readonly catalog: Catalog;
  /** Where each schema stands, by name: page and anchor. */
  readonly places: ReadonlyMap<string, string>;
  /** Where each method of a contract stands, by contract and method. */
  readonly methodPlaces: ReadonlyMap<string, string>;
  /** Names of types and schemas, with the name of the schema's document. */
  readonly typeNames: ReadonlyMap<string, string>;
  readonly descriptions: ReadonlyMap<string, string>;
  readonly examples: ReadonlyMap<string, unknown>;
  readonly classes: MetadataClasses;
  /** Schemas that contain a schema, by name. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

function usersOf({ entries }: Catalog): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { name, inputDocument } of entries) {
    const user = documentName(name);
    for (const used of new Set(referencesIn(inputDocument).map(referredName)))
      if (used !== user) users.set(used, [...(users.get(used) ?? []), user]);
  }
  return users;
}

export function referenceContext(
  catalog: Catalog,
  methodPlaces: ReadonlyMap<string, string>,
): ReferenceContext {
  return {
    catalog,
    methodPlaces,
    places: schemaPlaces(catalog),
    typeNames: typeNames(catalog),
    descriptions: new Map(catalog.entries.map(({ name, description }) => [documentName(name), description])),
    examples: examples(catalog),
    classes: metadataClasses(catalog),
    users: usersOf(catalog),
  };
}
