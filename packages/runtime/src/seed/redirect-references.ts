import type { Reference } from './reference-schema.js';
import { quote, type RunSql } from './run-sql.js';

/**
 * Makes lookups that the rollback of the schema removes refer to another record, so that they do after a redo. Only
 * lookups are changed, and of a list only the items that are the id: a value that merely contains it is not a reference.
 */
export async function redirectReferences(
  sql: RunSql,
  references: readonly Reference[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  for (const reference of references) {
    const [table, column] = [quote(reference.table), quote(reference.column)];
    if (reference.isList) {
      const items = `SELECT key, CASE WHEN value = ? THEN ? ELSE value END AS item FROM temp.json_each(${table}.${column}) ORDER BY key`;
      await sql(
        `UPDATE ${table} SET ${column} = (SELECT json_group_array(item) FROM (${items}))
        WHERE EXISTS (SELECT 1 FROM temp.json_each(${table}.${column}) WHERE value = ?)`,
        [from, to, from],
      );
    } else {
      await sql(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, [to, from]);
    }
  }
}
