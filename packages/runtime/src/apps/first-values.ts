import type { SqlValue } from '@objectstack/spec/contracts';
import {
  backfillSourceOf,
  defaultValueOf,
  encodeField,
  type Field,
  fieldValueModel,
  isComputedDefault,
  type ObjectDefinition,
  storageOf,
} from '@objectstack/spec/data';

/** The literal `backfill` or default of a field; undefined if it has none that is the same for every record. */
function literalOf(field: Field): unknown {
  if (field.type === 'autonumber' || backfillSourceOf(field)) return undefined;
  if (field.backfill !== undefined) return field.backfill;
  return isComputedDefault(field) ? undefined : defaultValueOf(field, { now: '', actor: undefined });
}

/**
 * The stored values, by column, that a deployment would write into the records of an object if they had no value in a field
 * that requires one. Pure.
 */
export function firstValues({ fields }: Pick<ObjectDefinition, 'fields'>): Map<string, SqlValue> {
  const values = new Map<string, SqlValue>();
  for (const [name, field] of Object.entries(fields)) {
    if (!storageOf(field).column || !(field.required || field.storage?.notNull)) continue;
    const encoded = encodeField(fieldValueModel(field), literalOf(field));
    if ('value' in encoded && encoded.value !== null) values.set(name, encoded.value as SqlValue);
  }
  return values;
}
