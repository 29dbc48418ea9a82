import type { QueryInput } from '@objectstack/spec/data';
import { compileCount } from './compile-find.js';
import type { Operation } from './operation.js';

/** The number of records that match a query. */
export async function countRecords(
  { model, executor }: Operation,
  query: Pick<QueryInput, 'where'>,
): Promise<number> {
  const { rows } = await executor.read(compileCount(model, query));
  return Number(rows[0]?.count);
}
