import type { RunSql } from './run-sql.js';

/** A foreign key of the database, of a deployed object or of an unmanaged table. */
export interface ForeignKey {
  readonly table: string;
  /** In lower case. */
  readonly target: string;
  readonly columns: readonly string[];
  readonly references: readonly string[];
  readonly onDelete: string;
  /** Whether its rows have ids, as those of every object do. */
  readonly hasId: boolean;
}

const KEYS = `SELECT m.name AS "table", k.id, k."table" AS target, k."from", k."to", k.on_delete,
  EXISTS (SELECT 1 FROM temp.pragma_table_info(m.name) AS c WHERE c.name = 'id' AND c.pk = 1) AS has_id
  FROM sqlite_schema AS m JOIN temp.pragma_foreign_key_list(m.name) AS k
  WHERE m.type = 'table' ORDER BY m.name, k.id, k.seq`;

/** The foreign keys that the database has. */
export async function foreignKeys(sql: RunSql): Promise<ForeignKey[]> {
  const { rows } = await sql(KEYS);
  const groups = new Map<string, typeof rows>();
  for (const row of rows) {
    const group = `${row.id} ${row.table}`;
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups.values()].map((parts) => ({
    table: String(parts[0]?.table),
    target: String(parts[0]?.target).toLowerCase(),
    columns: parts.map(({ from }) => String(from)),
    references: parts.map(({ to }) => String(to ?? 'id')),
    onDelete: String(parts[0]?.on_delete),
    hasId: parts[0]?.has_id === 1,
  }));
}

/** The foreign keys to an object that are not to the ids of its records; only unmanaged tables have such. */
export const keysToValues = (keys: readonly ForeignKey[], object: string): ForeignKey[] =>
  keys.filter(
    ({ target, references }) =>
      target === object.toLowerCase() && references.some((column) => column !== 'id'),
  );
