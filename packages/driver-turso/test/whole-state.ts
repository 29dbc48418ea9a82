import type { IDataDriver } from '@objectstack/spec/contracts';
import { quote } from '../src/schema/quote.js';

const SCHEMA = `SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name`;
const COLUMNS = `SELECT m.name AS "table", json_group_array(c.name) AS names FROM sqlite_schema AS m
  JOIN pragma_table_xinfo(m.name) AS c WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name`;

/** Complete state of a database: its schema, and every value with its row id and storage class. */
export async function wholeState(driver: IDataDriver): Promise<Record<string, unknown>> {
  const read = (statements: string[]) =>
    driver.executeAtomic(
      statements.map((sql) => ({ sql })),
      { mode: 'read' },
    );
  const [schema, columns] = await read([SCHEMA, COLUMNS]);
  const tables = (columns?.rows ?? []).map(({ table, names }) => {
    const values = (JSON.parse(String(names)) as string[]).map((name) => `quote(${quote(name)})`);
    const sql = `SELECT json_array(oid, ${values.join(', ')}) AS line FROM ${quote(String(table))} ORDER BY oid`;
    return { table: String(table), sql };
  });
  const rows = await read(tables.map(({ sql }) => sql));
  const contents = tables.map(({ table }, index) => [table, rows[index]?.rows.map(({ line }) => line)]);
  return { schema: schema?.rows, ...Object.fromEntries(contents) };
}

const FAILS = `SELECT 'integrity' AS what FROM pragma_integrity_check WHERE integrity_check <> 'ok'
  UNION ALL SELECT 'foreign key' FROM pragma_foreign_key_check`;

/** Findings of the integrity checks of the database. */
export async function faultsIn(driver: IDataDriver): Promise<unknown[]> {
  return (await driver.execute(FAILS)).rows.map(({ what }) => what);
}
