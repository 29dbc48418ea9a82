import type { SqlResult } from '@objectstack/spec/contracts';
import { compileFind } from './compile-find.js';
import type { WriteContext } from './write-context.js';

export type Row = SqlResult['rows'][number];

/** Reads whole rows by their ids, unordered. */
export async function readRows({ executor, model }: WriteContext, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await executor.read(compileFind(model, { where: { id: { $in: [...ids] } } }).statement);
  return rows;
}
