import type { Catalog } from '../catalog/catalog.js';
import { documentName } from '../json-schema/to-documents.js';
import type { MetadataKeys } from '../metadata-keys/metadata-key.js';
import { METADATA_KEYS } from '../metadata-keys/metadata-keys.js';
import { referredName } from './places.js';
import { referencesIn, type SchemaNode } from './schema-node.js';

type Kind = keyof typeof METADATA_KEYS;
type Nodes = ReadonlyMap<string, SchemaNode>;

/** The schemas whose keys a table of classes describes; of validation rules, one for each type. */
const SCHEMAS: Readonly<Record<Kind, string | readonly string[]>> = {
  object: 'ObjectDefinition',
  field: ['Field', 'StoredFieldKeys'],
  fieldStorage: 'FieldStorageOptions',
  option: 'SelectOption',
  index: 'Index',
  validation: 'ValidationRule',
  view: 'View',
  flow: 'Flow',
  permission: 'PermissionSet',
  seed: 'SeedDataset',
  manifest: 'DeployManifest',
};

export interface MetadataClasses {
  /** Classes of the keys of a schema; absent for schemas that are not metadata. */
  readonly keys: ReadonlyMap<string, MetadataKeys>;
  /** Schemas that are used only in stored-only keys. */
  readonly storedOnly: ReadonlySet<string>;
}

const namesIn = (node: unknown) => referencesIn(node).map(referredName);

function classesBySchema(nodes: Nodes): Map<string, MetadataKeys> {
  const kinds = (Object.entries(SCHEMAS) as [Kind, string | readonly string[]][]).flatMap(([kind, schemas]) =>
    [schemas].flat().map((schema) => [kind, schema] as const),
  );
  const classes = kinds.flatMap(([kind, schema]) => {
    const names = nodes.get(schema)?.properties ? [schema] : namesIn(nodes.get(schema));
    return names.map((name): [string, MetadataKeys] => [name, METADATA_KEYS[kind]]);
  });
  return new Map(classes);
}

/** All nested schemas, at any depth, except those with classes. */
function heldBy(names: Iterable<string>, nodes: Nodes, classes: ReadonlyMap<string, MetadataKeys>) {
  const held = new Set<string>();
  const visit = (name: string) => {
    for (const below of namesIn(nodes.get(name))) {
      if (held.has(below) || classes.has(below)) continue;
      held.add(below);
      visit(below);
    }
  };
  for (const name of names) visit(name);
  return held;
}

/** Classes of the metadata keys, by the names of the schemas. */
export function metadataClasses({ entries }: Catalog): MetadataClasses {
  const nodes: Nodes = new Map(
    entries.map(({ name, inputDocument }) => [documentName(name), inputDocument as SchemaNode]),
  );
  const keys = classesBySchema(nodes);
  const storedOnly = heldBy(keys.keys(), nodes, keys);
  const partsActedOn = (user: string) =>
    Object.entries(nodes.get(user)?.properties ?? {}).filter(
      ([key]) => keys.get(user)?.[key] !== 'stored_only',
    );
  const isHeldElsewhere = (name: string) =>
    [...nodes].some(([user, node]) => {
      if (user === name || storedOnly.has(user)) return false;
      return namesIn(keys.has(user) ? partsActedOn(user) : node).includes(name);
    });
  for (let size = -1; size !== storedOnly.size; ) {
    size = storedOnly.size;
    for (const name of [...storedOnly].filter(isHeldElsewhere)) storedOnly.delete(name);
  }
  return { keys, storedOnly };
}
