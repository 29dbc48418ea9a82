import type { RecordData } from '@objectstack/spec/contracts';
import { isList, isReference, referenceTarget } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { quote } from '../schema/identifier.js';
import type { Operation } from './driver-session.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { ownValue } from './own-value.js';

/*
 * SQLite says that a foreign key does not hold, and not which one. After a write was refused, these functions look for a
 * lookup of the record that leads nowhere, or for a record that refers to the one that was to be deleted.
 */

/** A single-valued lookup, and the object that it refers to. */
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

function violation(message: string, details: Record<string, unknown>): ObjectStackError {
  return new ObjectStackError({ code: 'foreign_key_violation', message, details });
}

async function exists({ executor }: Operation, sql: string, args: readonly string[]): Promise<boolean> {
  const { rows } = await executor.read({ sql, args, limit: 1, offset: null });
  return rows.length > 0;
}

/** The first lookup of a record that leads nowhere. */
async function findMissing(operation: Operation, records: readonly RecordData[]) {
  const { model, findModel } = operation;
  for (const [index, record] of records.entries()) {
    for (const { field, target } of lookupsOf(model)) {
      const id = ownValue(record, field.name);
      if (typeof id !== 'string' || !findModel(target)) continue;
      const isThere = await exists(operation, `SELECT 1 FROM ${quote(target)} WHERE id = ?`, [id]);
      const isItself = target === model.name && records.some((other) => ownValue(other, 'id') === id);
      if (!isThere && !isItself) return { field: field.name, target, index };
    }
  }
  return null;
}

/** The first lookup whose records refer to one of these records and keep it from being deleted. */
async function findReferring({ model, referringTo, ...operation }: Operation, ids: readonly string[]) {
  for (const referring of referringTo(model.name)) {
    for (const { field, target } of lookupsOf(referring)) {
      if (target !== model.name || field.field.deleteBehavior === 'cascade') continue;
      if (field.field.deleteBehavior !== 'restrict' && !field.field.required) continue;
      const sql = `SELECT 1 FROM ${quote(referring.name)} WHERE ${quote(field.name)} IN (SELECT value FROM temp.json_each(?))`;
      if (await exists({ model, referringTo, ...operation }, sql, [JSON.stringify(ids)]))
        return { object: referring.name, field: field.name };
    }
  }
  return null;
}

const isUnexplained = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) &&
  error.code === 'foreign_key_violation' &&
  error.details.object === undefined;

/** Runs a write of records; a foreign key that does not hold is named in the error. */
export async function namingMissingReference<T>(
  operation: Operation,
  given: readonly RecordData[] | (() => readonly RecordData[]),
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUnexplained(error)) throw error;
    const records = typeof given === 'function' ? given() : given;
    const found = await findMissing(operation, records).catch(() => null);
    if (!found) throw violation(error.message, { ...error.details, object: operation.model.name });
    const { name } = operation.model;
    const { field, target, index } = found;
    throw violation(`${name}.${field} refers to a record of ${target} that does not exist.`, {
      ...error.details,
      object: name,
      field,
      ...(records.length > 1 && { index }),
    });
  }
}

/** Runs a deletion; the lookup that keeps a record from being deleted is named in the error. */
export async function namingReferrer<T>(
  operation: Operation,
  ids: readonly string[],
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUnexplained(error)) throw error;
    const object = operation.model.name;
    const found = await findReferring(operation, ids).catch(() => null);
    if (!found) throw violation(error.message, { ...error.details, object });
    throw violation(`A record of ${object} is still referred to by ${found.object}.${found.field}.`, {
      ...error.details,
      object,
      referredBy: found,
    });
  }
}
