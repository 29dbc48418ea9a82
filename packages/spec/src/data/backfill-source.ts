import type { Field } from './field.zod.js';
import { isList, storageOf } from './field-storage.js';

/** Where a backfill takes its value from, if it is no literal. */
export interface BackfillSource {
  /** Field of the same record whose value is taken. Defaults to the field itself. */
  readonly field?: string;
  /** New values by the values that they replace. If omitted, the value is copied unchanged. */
  readonly values?: Readonly<Record<string, unknown>>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The source of a backfill that is `{ field }`, `{ values }` or `{ field, values }`; undefined if it is a literal
 * value. A field that stores JSON objects takes every object literally.
 */
export function backfillSourceOf(field: Field): BackfillSource | undefined {
  const { backfill } = field;
  if (!isObject(backfill) || (storageOf(field).encoding === 'json' && !isList(field))) return undefined;
  const { field: from, values, ...rest } = backfill;
  if (Object.keys(rest).length > 0 || (from === undefined && values === undefined)) return undefined;
  if ((from !== undefined && typeof from !== 'string') || (values !== undefined && !isObject(values)))
    return undefined;
  return { ...(from !== undefined && { field: from }), ...(values !== undefined && { values }) };
}
