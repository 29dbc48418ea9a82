import { type Field, type ObjectDefinition, storageOf } from '@objectstack/spec/data';
import type { Table, TableColumn } from '@objectstack/spec/system';
import { foreignKeyOf } from './foreign-key-of.js';
import { indexesOf } from './indexes-of.js';
import { once, share } from './share.js';
import { type FieldOwner, referencesOf, storedFields } from './stored-fields.js';

const textColumn = (name: string, primaryKey: number): TableColumn => ({
  name,
  type: 'TEXT',
  notNull: true,
  defaultValue: null,
  primaryKey,
  generated: false,
  definition: null,
});

/** Columns with which every managed table begins. */
export const SYSTEM_COLUMNS: readonly TableColumn[] = [
  textColumn('id', 1),
  textColumn('created_at', 0),
  textColumn('updated_at', 0),
];

function columnOf(name: string, field: Field): TableColumn {
  return {
    name,
    type: storageOf(field).column ?? 'TEXT',
    notNull: field.storage?.notNull === true,
    defaultValue: null,
    primaryKey: 0,
    generated: false,
    definition: null,
  };
}

const byName = <T extends { name: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => (a.name < b.name ? -1 : 1));

function foreignKeysOf(owner: FieldOwner, knownObjects: ReadonlySet<string>) {
  return storedFields(owner).flatMap(
    ([name, field]) => foreignKeyOf(owner.name, name, field, knownObjects) ?? [],
  );
}

/** The table of a system object. */
export function systemTable(owner: FieldOwner): Table {
  const columns = storedFields(owner).map(([name, field]) => columnOf(name, field));
  return {
    name: owner.name,
    columns: byName([...SYSTEM_COLUMNS, ...columns]),
    foreignKeys: [],
    indexes: [],
    triggers: [],
    sql: null,
  };
}

function buildTable(definition: ObjectDefinition, knownObjects: ReadonlySet<string>): Table {
  const foreignKeys = foreignKeysOf(definition, knownObjects);
  return { ...systemTable(definition), foreignKeys, indexes: indexesOf(definition, foreignKeys) };
}

/** Tables of a definition by the existing targets of its lookups. */
const tablesOf = once((definition: ObjectDefinition) => ({
  targets: referencesOf(definition).flatMap(({ target }) => target ?? []),
  byTargets: new Map<string, Table>(),
}));

/** The table of an object in canonical form. The table of a shared definition is built once and shared too. */
export function tableOf(definition: ObjectDefinition, knownObjects: ReadonlySet<string>): Table {
  const { targets, byTargets } = tablesOf(definition);
  const key = targets.filter((target) => knownObjects.has(target)).join(' ');
  const table = byTargets.get(key) ?? share(buildTable(definition, knownObjects));
  byTargets.set(key, table);
  return table;
}
