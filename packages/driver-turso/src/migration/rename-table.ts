import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, Table, TableForeignKey } from '@objectstack/spec/system';
import { quote } from '../schema/identifier.js';
import { INDEX_PREFIX } from '../schema/object-indexes.js';

/** New names by old ones. */
export type Names = ReadonlyMap<string, string>;

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const byColumns = (a: { columns: string[] }, b: { columns: string[] }) =>
  a.columns.join() < b.columns.join() ? -1 : 1;

export const renamed = (names: Names | undefined, name: string) => names?.get(name) ?? name;

function renameKey(key: TableForeignKey, objects: Names, columns: Names | undefined): TableForeignKey {
  return {
    ...key,
    table: renamed(objects, key.table),
    columns: key.columns.map((name) => renamed(columns, name)),
  };
}

const isOurs = (index: string) => index.startsWith(INDEX_PREFIX);

/** Conditions of ours have every column in quotes. */
function renameCondition(where: string, columns: Names | undefined): string {
  return where.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (token) =>
    token.startsWith('"') ? quote(renamed(columns, token.slice(1, -1).replaceAll('""', '"'))) : token,
  );
}

/** The table as it is once objects and its columns have their new names; indexes keep theirs. */
export function renameTable(table: Table, objects: Names, columns: Names | undefined): Table {
  if (objects.size === 0 && !columns?.size) return table;
  return {
    ...table,
    name: renamed(objects, table.name),
    columns: table.columns.map((column) => ({ ...column, name: renamed(columns, column.name) })).sort(byName),
    foreignKeys: table.foreignKeys.map((key) => renameKey(key, objects, columns)).sort(byColumns),
    indexes: table.indexes.map((index) => ({
      ...index,
      where: index.where !== null && isOurs(index.name) ? renameCondition(index.where, columns) : index.where,
      columns: index.columns.map((column) => ({
        ...column,
        name: column.name === null ? null : renamed(columns, column.name),
      })),
    })),
  };
}

/** Texts that the database would rewrite in its own way, so that nobody could say beforehand what comes out. */
function textsOf(current: CurrentSchema): { name: string; sql: string }[] {
  return [
    ...current.views,
    ...current.tables.flatMap(({ name, triggers, columns, indexes, sql }) => [
      ...triggers,
      ...(sql === null ? [] : [{ name, sql }]),
      ...columns.flatMap((column) => (column.definition === null ? [] : { name, sql: column.definition })),
      ...indexes.flatMap(({ name: index, sql, where }) =>
        isOurs(index) || (sql ?? where) === null ? [] : { name: index, sql: `${sql} ${where}` },
      ),
    ]),
  ];
}

/** Throws `object_conflict` when something that no deployment made speaks of what is renamed. */
export function assertNotMentioned(current: CurrentSchema, names: readonly string[]): void {
  if (names.length === 0) return;
  const mentioned = new RegExp(`\\b(${names.join('|')})\\b`, 'i');
  const text = textsOf(current).find(({ sql }) => mentioned.test(sql));
  if (!text) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `${text.name}, which no deployment made, speaks of something that is to be renamed.`,
    details: { mentionedBy: text.name, name: mentioned.exec(text.sql)?.[1] },
  });
}
