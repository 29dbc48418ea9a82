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

interface StrangeText {
  readonly name: string;
  /** Table that it belongs to; null for a view. */
  readonly table: string | null;
  readonly sql: string;
}

/** Texts that the database would rewrite in its own way, so that nobody could say beforehand what comes out. */
function textsOf(current: CurrentSchema): StrangeText[] {
  return [
    ...current.views.map((view) => ({ ...view, table: null })),
    ...current.tables.flatMap(({ name: table, triggers, columns, indexes, sql }) => [
      ...triggers.map((trigger) => ({ ...trigger, table })),
      ...(sql === null ? [] : [{ name: table, table, sql }]),
      ...columns.flatMap(({ definition }) =>
        definition === null ? [] : { name: table, table, sql: definition },
      ),
      ...indexes.flatMap(({ name, sql: text, where }) =>
        isOurs(name) || (text ?? where) === null ? [] : { name, table, sql: `${text} ${where}` },
      ),
    ]),
  ];
}

const speaksOf = (names: readonly string[]) => new RegExp(`\\b(${names.join('|')})\\b`, 'i');

/** Those that belong to the table or speak of it, or of a view that does. */
function textsAbout(table: string, texts: readonly StrangeText[]): StrangeText[] {
  const subjects = [table];
  const about = new Set<StrangeText>();
  for (let before = -1; before < about.size; ) {
    before = about.size;
    for (const text of texts) {
      if (about.has(text) || (text.table !== table && !speaksOf(subjects).test(text.sql))) continue;
      about.add(text);
      if (text.table === null) subjects.push(text.name);
    }
  }
  return [...about];
}

/**
 * Throws `object_conflict` when something that no deployment made speaks of what gets another name or goes: of a table,
 * or of columns of one.
 */
export function assertNotMentioned(current: CurrentSchema, names: readonly string[], table?: string): void {
  if (names.length === 0) return;
  const texts = textsOf(current);
  const mentioned = speaksOf(names);
  const text = (table === undefined ? texts : textsAbout(table, texts)).find(({ sql }) =>
    mentioned.test(sql),
  );
  if (!text) return;
  const name = mentioned.exec(text.sql)?.[1];
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `${text.name}, which no deployment made, speaks of ${name}, which gets another name or goes.`,
    details: { mentionedBy: text.name, name },
  });
}
