import { FIELD_STORAGE, type Field, toDay } from '@objectstack/spec/data';

const cut = (value: unknown) => toDay(value) ?? value;

/** Normalizes a value of a seed: a timestamp for a date is cut to its UTC day, which a write would otherwise reject. */
export function seedValue(field: Field, value: unknown): unknown {
  if (FIELD_STORAGE[field.type].encoding !== 'date') return value;
  return Array.isArray(value) ? value.map(cut) : cut(value);
}
