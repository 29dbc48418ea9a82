import { quote, type RunSql } from './run-sql.js';

const COLUMNS = 'SELECT name, type FROM temp.pragma_table_xinfo(?)';
const EXACT = '-9007199254740991 AND 9007199254740991';

/**
 * A column for a SELECT. An integer that no JavaScript number represents is returned as text, which a column of a numeric
 * affinity stores as that integer again.
 */
export const exactColumn = (name: string, from = ''): string => {
  const column = `${from}${quote(name)}`;
  const isInexact = `typeof(${column}) = 'integer' AND ${column} NOT BETWEEN ${EXACT}`;
  return `CASE WHEN ${isInexact} THEN CAST(${column} AS TEXT) ELSE ${column} END AS ${quote(name)}`;
};

/** All columns of a table, for a SELECT. A column without an affinity would store the text. */
export async function exactColumns(sql: RunSql, table: string, from = ''): Promise<string> {
  const { rows } = await sql(COLUMNS, [table]);
  const columns = rows.map(({ name, type }) =>
    /^$|blob/i.test(String(type)) ? `${from}${quote(String(name))}` : exactColumn(String(name), from),
  );
  return columns.length === 0 ? '*' : columns.join(', ');
}
