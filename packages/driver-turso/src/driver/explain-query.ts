import type { QueryExplanation } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { compileValues } from './compile-values.js';
import type { Executor } from './executor.js';
import type { Operation } from './operation.js';
import { asksForValues } from './parse-query.js';
import { unguardedRead } from './read-statement.js';
import { planFind } from './select-records.js';

/** The statement of a query and how SQLite runs it. The executor needs no guard, because no record is read. */
export async function explainQuery(
  operation: Operation,
  query: QueryInput,
  executor: Executor,
): Promise<QueryExplanation> {
  const { statement } = asksForValues(query)
    ? compileValues(operation.model, query)
    : planFind(operation, query);
  const { sql, args = [] } = unguardedRead(statement);
  const { rows } = await executor.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  return { sql, steps: rows.map(({ detail }) => String(detail)) };
}
