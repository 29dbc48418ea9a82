import { isDefaultToken } from './default-value.js';
import type { Field } from './field.zod.js';
import { storageOf } from './field-storage.js';
import { isOffered, leavesEmpty, storageProblem } from './storage-problem.js';

/** Why new records cannot start with the default of a field, as the end of a sentence; undefined where they can. */
export function defaultProblem(field: Field): string | undefined {
  const { defaultValue: value } = field;
  if (value === undefined || value === null || storageOf(field).encoding === 'computed') return undefined;
  const problem = isDefaultToken(field, value) ? undefined : storageProblem(field, value);
  return problem ?? (isOffered(field, value) ? undefined : 'is not one of the options');
}

/** Why stored records cannot be filled with the backfill of a field, as the end of a sentence; undefined where they can. */
export function backfillProblem(field: Field): string | undefined {
  const { backfill: value } = field;
  if (value === undefined) return undefined;
  if (storageOf(field).encoding === 'computed') return 'is on a field that is computed';
  if (field.type === 'autonumber') return 'is on an autonumber, whose values come from its counter';
  if (isDefaultToken(field, value)) return 'must be a literal value, not a default token';
  const problem = storageProblem(field, value);
  if (problem) return problem;
  if (!isOffered(field, value)) return 'is not one of the options';
  return field.required && leavesEmpty(field, value) ? 'leaves the required field empty' : undefined;
}
