import { backfillSourceOf, type Field, isList, storageOf } from '@objectstack/spec/data';
import { isSameJson } from '../../../schema/hash-of.js';
import type { Conversion } from './conversion.js';
import { conversionOf } from './conversion-of.js';
import { isNamed, valueFrom } from './value-from.js';

const isSingle = (field: Field) => {
  const { column, encoding } = storageOf(field);
  return column !== null && encoding !== 'json' && !isList(field);
};

/**
 * The table of a backfill that replaces values of its own field. It applies once: in the deployment that introduces it,
 * and not while the deployed field has the same one.
 */
export function replacedValues(before: Field, after: Field): Readonly<Record<string, unknown>> | undefined {
  const { field, values } = backfillSourceOf(after) ?? {};
  if (field !== undefined || !values || !isSingle(before) || !isSingle(after)) return undefined;
  return isSameJson(before.backfill ?? null, after.backfill ?? null) ? undefined : values;
}

/**
 * The conversion of the values of a field by a deployment: by the table of its backfill, and otherwise to its new type;
 * null if they remain unchanged.
 */
export function valueChangeOf(before: Field, after: Field): Conversion | null {
  const conversion = conversionOf(before, after);
  const values = replacedValues(before, after);
  if (!values) return conversion;
  const fits = conversion?.fits;
  const { encoding } = storageOf(before);
  return {
    value: (column) =>
      valueFrom(after, values, { sql: column, encoding }, conversion?.value(column) ?? column),
    ...(fits && { fits: (column) => `(${isNamed(values, { sql: column, encoding })} OR ${fits(column)})` }),
    ...(conversion?.isNullUnlessFits && { isNullUnlessFits: true }),
    isReplacement: true,
  };
}
