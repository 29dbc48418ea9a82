import { celSourceOf } from './cel-expression.js';
import { isDefaultToken } from './default-value.js';
import type { Field } from './field.zod.js';
import { storageOf } from './field-storage.js';
import { isOffered, storageProblem } from './storage-problem.js';

/**
 * Why new records cannot start with the default of a field, as the end of a sentence; undefined where they can. A default
 * that is a CEL expression has no problem: without a value that fits, it is not applied.
 */
export function defaultProblem(field: Field): string | undefined {
  const { defaultValue: value } = field;
  if (value === undefined || value === null || storageOf(field).encoding === 'computed') return undefined;
  if (celSourceOf(value) !== undefined) return undefined;
  const problem = isDefaultToken(field, value) ? undefined : storageProblem(field, value);
  return problem ?? (isOffered(field, value) ? undefined : 'is not one of the options');
}
