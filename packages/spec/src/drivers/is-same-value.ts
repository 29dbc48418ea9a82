import type { StoredValue } from '../data/check-record.js';
import { type FieldValueModel, foldCase } from '../data/field-value.js';
import type { ObjectModel, StoredRow } from './object-model.js';

const comparable = ({ ignoresCase }: Pick<FieldValueModel, 'ignoresCase'>, value: StoredValue) =>
  ignoresCase && typeof value === 'string' ? foldCase(value) : value;

/**
 * Returns whether two stored values of a field are equal; of a field that ignores case, without regard to the case of A
 * to Z.
 */
export const isSameValue = (
  model: Pick<FieldValueModel, 'ignoresCase'>,
  left: StoredValue,
  right: StoredValue,
): boolean => comparable(model, left) === comparable(model, right);

/** Returns whether a row has the given values, each compared according to its field. */
export const hasValues = (
  { fields }: Pick<ObjectModel, 'fields'>,
  row: Readonly<StoredRow>,
  values: Iterable<readonly [string, StoredValue]>,
): boolean =>
  [...values].every(([name, value]) => {
    const model = fields.get(name);
    return model !== undefined && isSameValue(model, row[name] ?? null, value);
  });
