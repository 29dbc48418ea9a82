import type { RecordData, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { isList, isReference, referenceTarget } from '@objectstack/spec/data';
import type { ObjectStackError } from '@objectstack/spec/shared';
import {
  type BrokenReference,
  missingReference,
  namedViolation,
  namingReference,
  stillReferredTo,
} from '../connection/broken-reference.js';
import { quote } from '../schema/quote.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import type { Operation } from './operation.js';
import { ownValue } from './own-value.js';

/*
 * SQLite reports that a foreign key is violated, but not which one. After a failed write, these functions search for a
 * lookup of the record whose target does not exist, or for a record that references the one to be deleted.
 */

/** A single-valued lookup and the object that it references. */
interface Lookup {
  readonly field: FieldModel;
  readonly target: string;
}

function lookupsOf({ name, columns }: ObjectModel): Lookup[] {
  return columns.flatMap((field) => {
    const target = isReference(field.field) && !isList(field.field) && referenceTarget(field.field, name);
    return target ? [{ field, target }] : [];
  });
}

async function exists(
  { executor }: Operation,
  sql: string,
  args: readonly SqlValue[] = [],
): Promise<boolean> {
  const { rows } = await executor.read({ sql, args, limit: 1, offset: null });
  return rows.length > 0;
}

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

/** The first lookup that references one of the selected records and prevents its deletion. */
async function findReferring(operation: Operation, ids: SqlStatement): Promise<BrokenReference | null> {
  const { model, referringTo } = operation;
  for (const { name: object, ...referring } of referringTo(model.name)) {
    for (const { field, target } of lookupsOf({ name: object, ...referring })) {
      if (target !== model.name || field.field.deleteBehavior === 'cascade') continue;
      if (field.field.deleteBehavior !== 'restrict' && !field.field.required) continue;
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

/** Details of the error: the foreign key that was found, or at least the object that was written. */
const naming = <T>(
  { model }: Operation,
  find: (error: ObjectStackError) => Promise<ObjectStackError | null>,
  write: () => Promise<T>,
): Promise<T> =>
  namingReference(async (error) => {
    const named = await find(error).catch(() => null);
    return named ?? namedViolation(error, error.message, { object: model.name });
  }, write);

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
  return naming(operation, find, write);
}

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
  return naming(operation, find, write);
}
