import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, Table, TableForeignKey } from '@objectstack/spec/system';
import { memoizeFrozen } from '../../../schema/freeze-deeply.js';
import { INDEX_PREFIX } from '../../../schema/indexes-of.js';
import { quote } from '../../../schema/quote.js';
import { mentionedNames } from '../../../sql/mentioned-names.js';
import { foldCase, tokenize, unquoted } from '../../../sql/tokenize.js';

/** New names by old names. */
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

/** Renames columns in the condition of a managed index, which quotes every column. */
function renameCondition(where: string, columns: Names | undefined): string {
  const parts = tokenize(where).map((token) => {
    const text = token.kind === 'quoted' ? quote(renamed(columns, unquoted(token))) : token.text;
    return token.isSpaced ? ` ${text}` : text;
  });
  return parts.join('');
}

/** The table after renames of objects and of its columns. Names of indexes do not change. */
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

/** SQL of an unmanaged object. */
interface UnmanagedText {
  readonly name: string;
  /** Table or view to which it belongs; null for a view. */
  readonly owner: string | null;
  readonly sql: string;
}

function textsOfViews({ views }: CurrentSchema): UnmanagedText[] {
  return views.flatMap(({ name, sql, triggers }) => [
    { name, owner: null, sql },
    ...triggers.map((trigger) => ({ ...trigger, owner: name })),
  ]);
}

function textsOfTable({ name: owner, triggers, columns, indexes, sql }: Table): UnmanagedText[] {
  const texts: { name: string; sql: string | null }[] = [
    ...triggers,
    { name: owner, sql },
    ...columns.map(({ definition }) => ({ name: owner, sql: definition })),
    ...indexes.flatMap((index) =>
      isOurs(index.name) ? [] : [index.sql, index.where].map((part) => ({ name: index.name, sql: part })),
    ),
  ];
  return texts.flatMap((text) => (text.sql === null ? [] : { ...text, sql: text.sql, owner }));
}

/** SQL of unmanaged objects. The database would rewrite it after a rename, with a result that cannot be predicted. */
const textsOf = memoizeFrozen((current: CurrentSchema): readonly UnmanagedText[] => [
  ...textsOfViews(current),
  ...current.tables.flatMap(textsOfTable),
]);

const firstMention = ({ sql }: UnmanagedText, names: readonly string[]) =>
  names.find((name) => mentionedNames(sql).has(foldCase(name)));

const isSameName = (a: string | null, b: string) => a !== null && foldCase(a) === foldCase(b);

/** Texts that belong to the table, mention it, or mention a view that does. */
function textsAbout(table: string, texts: readonly UnmanagedText[]): UnmanagedText[] {
  const subjects = [table];
  const about = new Set<UnmanagedText>();
  for (let before = -1; before < about.size; ) {
    before = about.size;
    for (const text of texts) {
      const isAbout = isSameName(text.owner, table) || firstMention(text, subjects) !== undefined;
      if (about.has(text) || !isAbout) continue;
      about.add(text);
      if (text.owner === null) subjects.push(text.name);
    }
  }
  return [...about];
}

/**
 * Throws `object_conflict` if an unmanaged object mentions renamed or removed tables, or, with `table`, renamed or
 * removed columns of it.
 */
export function assertNotMentioned(current: CurrentSchema, names: readonly string[], table?: string): void {
  if (names.length === 0) return;
  const texts = textsOf(current);
  for (const text of table === undefined ? texts : textsAbout(table, texts)) {
    const name = firstMention(text, names);
    if (name === undefined) continue;
    throw new ObjectStackError({
      code: 'object_conflict',
      message: `The unmanaged object ${text.name} mentions ${name}, which is renamed or removed. Change or drop ${text.name}.`,
      details: { mentionedBy: text.name, name },
    });
  }
}
