import {
  type Field,
  isList,
  type ObjectDefinition,
  referenceTarget,
  storageOf,
} from '@objectstack/spec/data';
import type { Table, TableColumn } from '@objectstack/spec/system';
import { foreignKeyOf } from './foreign-key-of.js';
import { freezeDeeply, memoizeFrozen } from './freeze-deeply.js';
import type { ObjectIdTypes } from './id-types-of.js';
import { indexesOf } from './indexes-of.js';
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

/** Definition of the key of a table in which SQLite records the ids that it assigned. */
export const AUTOINCREMENT_KEY = 'INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL';

/**
 * The id of an object with integer ids, as SQLite describes it. AUTOINCREMENT, because an id that was assigned once must not
 * denote another record later.
 */
const INTEGER_ID: TableColumn = {
  name: 'id',
  type: 'INTEGER',
  notNull: true,
  defaultValue: null,
  primaryKey: 1,
  generated: false,
  definition: AUTOINCREMENT_KEY,
};

/** Columns with which every managed table begins. */
export const SYSTEM_COLUMNS: readonly TableColumn[] = [
  textColumn('id', 1),
  textColumn('created_at', 0),
  textColumn('updated_at', 0),
];

/** Like {@link SYSTEM_COLUMNS}, of an object with integer ids. */
export const SYSTEM_COLUMNS_WITH_INTEGER_ID = SYSTEM_COLUMNS.map((column) =>
  column.name === 'id' ? INTEGER_ID : column,
);

const systemColumns = ({ idType }: FieldOwner) =>
  idType === 'integer' ? SYSTEM_COLUMNS_WITH_INTEGER_ID : SYSTEM_COLUMNS;

function columnOf(name: string, field: Field, type: TableColumn['type']): TableColumn {
  return {
    name,
    type,
    notNull: field.storage?.notNull === true,
    defaultValue: null,
    primaryKey: 0,
    generated: false,
    definition: null,
  };
}

const byName = <T extends { name: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => (a.name < b.name ? -1 : 1));

function foreignKeysOf(owner: FieldOwner, known: ObjectIdTypes) {
  return storedFields(owner).flatMap(([name, field]) => foreignKeyOf(owner.name, name, field, known) ?? []);
}

/** A single reference has the type of the ids of its target, so that SQLite finds the records that refer to one by an index. */
function columnType(owner: FieldOwner, field: Field, known: ObjectIdTypes): string {
  const target = isList(field) ? undefined : referenceTarget(field, owner.name);
  if (target !== undefined && known.get(target) === 'integer') return 'INTEGER';
  return storageOf(field).column ?? 'TEXT';
}

/** The table of a system object. */
export const systemTable = (owner: FieldOwner): Table => tableWithout(owner, new Map());

/** The table of an object without foreign keys and indexes. */
function tableWithout(owner: FieldOwner, known: ObjectIdTypes): Table {
  const columns = storedFields(owner).map(([name, field]) =>
    columnOf(name, field, columnType(owner, field, known)),
  );
  return {
    name: owner.name,
    columns: byName([...systemColumns(owner), ...columns]),
    foreignKeys: [],
    indexes: [],
    triggers: [],
    sql: null,
  };
}

function buildTable(definition: ObjectDefinition, known: ObjectIdTypes): Table {
  const foreignKeys = foreignKeysOf(definition, known);
  return { ...tableWithout(definition, known), foreignKeys, indexes: indexesOf(definition, foreignKeys) };
}

/** Tables of a definition by the types of the ids to which its lookups refer. */
const tablesOf = memoizeFrozen((definition: ObjectDefinition) => ({
  targets: referencesOf(definition).flatMap(({ target }) => target ?? []),
  byTargets: new Map<string, Table>(),
}));

/** The table of an object in canonical form. The table of a shared definition is built once and shared too. */
export function tableOf(definition: ObjectDefinition, known: ObjectIdTypes): Table {
  const { targets, byTargets } = tablesOf(definition);
  const key = targets.map((target) => known.get(target) ?? '').join(' ');
  const table = byTargets.get(key) ?? freezeDeeply(buildTable(definition, known));
  byTargets.set(key, table);
  return table;
}
