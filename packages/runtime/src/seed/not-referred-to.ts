// Conditions that no record refers to others: by the lookups of objects, which hold ids or lists of them, and by the foreign
// keys of unmanaged tables. A column of any other kind may hold the same value and refers to nothing. Conditions of many
// references are joined as a balanced tree, because SQLite limits the depth of an expression.

import type { ForeignKey } from './foreign-keys.js';
import type { Reference } from './reference-schema.js';
import { quote } from './run-sql.js';

function joined(conditions: readonly string[]): string {
  if (conditions.length < 2) return conditions[0] ?? '1';
  const half = Math.ceil(conditions.length / 2);
  return `(${joined(conditions.slice(0, half))} AND ${joined(conditions.slice(half))})`;
}

function notByReference({ table, column, isList }: Reference): string {
  const [from, value] = [quote(table), `t.${quote(column)}`];
  if (!isList) return `NOT EXISTS (SELECT 1 FROM ids JOIN ${from} AS t ON ${value} = ids.id)`;
  const items = `temp.json_each(CASE WHEN json_valid(${value}) THEN ${value} ELSE '[]' END)`;
  return `NOT EXISTS (SELECT 1 FROM ${from} AS t, ${items} AS item JOIN ids ON ids.id = item.value)`;
}

function notByKey({ table, columns, references }: ForeignKey, object: string): string {
  const on = columns.map((column, index) => `c.${quote(column)} = p.${quote(references[index] ?? 'id')}`);
  return `NOT EXISTS (SELECT 1 FROM ids JOIN ${quote(object)} AS p ON p.id = ids.id
    JOIN ${quote(table)} AS c ON ${on.join(' AND ')})`;
}

/** The condition that no record refers to one of the records of an object whose ids are in a table `ids`. */
export function notReferredTo(
  object: string,
  { references, keys }: { readonly references: readonly Reference[]; readonly keys: readonly ForeignKey[] },
): string {
  const own = references.filter(({ target }) => target === object);
  const known = new Set(own.map(({ table, column }) => `${table}/${column}`));
  const isKnown = ({ table, columns }: ForeignKey) =>
    columns.length === 1 && known.has(`${table}/${columns[0]}`);
  const others = keys.filter((key) => key.target === object.toLowerCase() && !isKnown(key));
  return joined([...own.map(notByReference), ...others.map((key) => notByKey(key, object))]);
}
