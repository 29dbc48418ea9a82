import { FIELD_STORAGE, type Field, toDay } from '@objectstack/spec/data';

const cut = (value: unknown) => toDay(value) ?? value;

/** A value of a seed as it is written: an instant for a date is cut to its UTC day, which a write would refuse. */
export function seedValue(field: Field, value: unknown): unknown {
  if (FIELD_STORAGE[field.type].encoding !== 'date') return value;
  return Array.isArray(value) ? value.map(cut) : cut(value);
}
