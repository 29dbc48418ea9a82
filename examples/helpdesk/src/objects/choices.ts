import type { SelectOption } from '@objectstack/spec/data';

/** Options of a field that offers choices, from value to label. */
export function choices(labels: Readonly<Record<string, string>>): SelectOption[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
