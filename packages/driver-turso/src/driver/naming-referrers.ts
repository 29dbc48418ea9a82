import type { SqlStatement } from '@objectstack/spec/contracts';
import { deleteRuleOf } from '@objectstack/spec/drivers';
import type { ObjectStackError } from '@objectstack/spec/shared';
import { type BrokenReference, stillReferredTo } from '../connection/broken-reference.js';
import { quote } from '../schema/quote.js';
import { exists, namingViolation } from './naming-violation.js';
import type { Operation } from './operation.js';
import { lookupsOf } from './record-lookup.js';

/** The first lookup that references one of the selected records and prevents its deletion. */
async function findReferring(operation: Operation, ids: SqlStatement): Promise<BrokenReference | null> {
  const { model, referringTo } = operation;
  for (const { name: object, ...referring } of referringTo(model.name)) {
    for (const { field, target } of lookupsOf({ name: object, ...referring })) {
      if (target !== model.name || deleteRuleOf(field.field) !== 'restrict') continue;
      const sql = `SELECT 1 FROM ${quote(object)} WHERE ${quote(field.name)} IN (${ids.sql})`;
      if (await exists(operation, sql, ids.args)) return { object, field: field.name, target };
    }
  }
  return null;
}

/** Selects the given ids; the statement is built when it is needed. */
export const idList = (ids: readonly string[]) => (): SqlStatement => ({
  sql: 'SELECT value FROM temp.json_each(?)',
  args: [JSON.stringify(ids)],
});

/** Runs a deletion of the selected ids. The error names the lookup that prevents the deletion. */
export function namingReferrers<T>(
  operation: Operation,
  ids: () => SqlStatement,
  write: () => Promise<T>,
): Promise<T> {
  const find = async (error: ObjectStackError) => {
    const found = await findReferring(operation, ids());
    return found && stillReferredTo(error, found);
  };
  return namingViolation(operation, find, write);
}
