import type { QueryExplanation } from '@objectstack/spec/contracts';
import type { Connection } from '../connection/connection.js';
import type { ObjectTable } from '../schema/object-table.js';
import type { Schema } from '../schema/schema.js';
import { rowsKey } from './parse-query.js';
import { planRecords, selectStatement } from './record-plan.js';
import { planRows } from './rows-plan.js';

/** How PostgreSQL would execute the query for any values: a plan for these values would contain them. */
export async function explainQuery(
  connection: Connection,
  schema: Schema,
  { table, query }: { table: ObjectTable; query: unknown },
): Promise<QueryExplanation> {
  const { text } = rowsKey(query)
    ? planRows(table, query).statement
    : selectStatement(planRecords(schema, table, query));
  const { rows } = await connection.script(`EXPLAIN (GENERIC_PLAN) ${text}`);
  return { sql: text, steps: rows.map((row) => String(row['QUERY PLAN'])) };
}
