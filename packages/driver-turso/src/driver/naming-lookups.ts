import type { RecordData } from '@objectstack/spec/contracts';
import type { ObjectStackError } from '@objectstack/spec/shared';
import { missingReference } from '../connection/broken-reference.js';
import { quote } from '../schema/quote.js';
import { exists, namingViolation } from './naming-violation.js';
import type { Operation } from './operation.js';
import { ownValue } from './own-value.js';
import { lookupsOf } from './record-lookup.js';

/** The first lookup of a record whose target does not exist. */
async function findMissing(operation: Operation, records: readonly RecordData[]) {
  const { model, findModel } = operation;
  for (const [index, record] of records.entries()) {
    for (const { field, target } of lookupsOf(model)) {
      const id = ownValue(record, field.name);
      if (typeof id !== 'string' || !findModel(target)) continue;
      const isThere = await exists(operation, `SELECT 1 FROM ${quote(target)} WHERE id = ?`, [id]);
      const isItself = target === model.name && records.some((other) => ownValue(other, 'id') === id);
      if (!isThere && !isItself) return { object: model.name, field: field.name, target, index };
    }
  }
  return null;
}

/** Runs a write of records. The error names a lookup whose target does not exist. */
export function namingLookups<T>(
  operation: Operation,
  given: readonly RecordData[] | (() => readonly RecordData[]),
  write: () => Promise<T>,
): Promise<T> {
  const find = async (error: ObjectStackError) => {
    const records = typeof given === 'function' ? given() : given;
    const found = await findMissing(operation, records);
    return found && missingReference(error, found, records.length > 1 ? { index: found.index } : {});
  };
  return namingViolation(operation, find, write);
}
