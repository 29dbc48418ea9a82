import type { SelectOption } from '@objectstack/spec/data';

/** Options of a field, from a map of values to labels. */
export function choices(labels: Readonly<Record<string, string>>): SelectOption[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
