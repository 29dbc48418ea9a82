import { celSourceOf } from './cel-expression.js';
import { isDefaultToken } from './default-value.js';
import type { Field } from './field.zod.js';
import { storageOf } from './field-storage.js';
import { isOffered, storageProblem } from './storage-problem.js';

/**
 * Returns why a field cannot store its own default value, as the end of a sentence; undefined if it can. For a default
 * that is a CEL expression it returns undefined, because a result that the field cannot store is not applied.
 */
export function defaultProblem(field: Field): string | undefined {
  const { defaultValue: value } = field;
  if (value === undefined || value === null || storageOf(field).encoding === 'computed') return undefined;
  if (celSourceOf(value) !== undefined) return undefined;
  const problem = isDefaultToken(field, value) ? undefined : storageProblem(field, value);
  return problem ?? (isOffered(field, value) ? undefined : 'is not one of the options');
}
