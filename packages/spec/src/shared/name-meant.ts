import { closestName } from './closest-name.js';

/** Names that other systems use for what a value of an enum means here. */
const SYNONYMS: Readonly<Record<string, string>> = {
  array: 'json',
  bigint: 'number',
  bool: 'boolean',
  checkbox: 'boolean',
  decimal: 'number',
  double: 'number',
  dropdown: 'select',
  enum: 'select',
  float: 'number',
  int: 'number',
  integer: 'number',
  money: 'currency',
  object: 'json',
  picklist: 'select',
  production: 'prod',
  development: 'dev',
  relation: 'lookup',
  string: 'text',
  timestamp: 'datetime',
  varchar: 'text',
};

/** The known name that was probably meant: a similar one, or the one of the same meaning. */
export function nameMeant(name: unknown, known: readonly string[]): string | undefined {
  if (typeof name !== 'string') return undefined;
  const synonym = Object.hasOwn(SYNONYMS, name.toLowerCase()) ? SYNONYMS[name.toLowerCase()] : undefined;
  return synonym !== undefined && known.includes(synonym) ? synonym : closestName(name, known);
}
