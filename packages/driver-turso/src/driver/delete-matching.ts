import type { Filter } from '@objectstack/spec/data';
import { compileDeleteMany } from './compile-delete.js';
import { compileFind } from './compile-find.js';
import { namingReferrers } from './naming-referrers.js';
import type { Operation } from './operation.js';
import { unguardedRead } from './read-statement.js';
import { requireFilter } from './require-filter.js';

/** Deletes all records that match a filter and returns their number. */
export async function deleteMatching(operation: Operation, query: { where: Filter }): Promise<number> {
  const { executor, model } = operation;
  const where = requireFilter(model, query);
  const ids = () => unguardedRead(compileFind(model, { where, fields: ['id'] }).statement);
  const statement = compileDeleteMany(model, where);
  return (await namingReferrers(operation, ids, () => executor.execute(statement))).rowsAffected;
}
