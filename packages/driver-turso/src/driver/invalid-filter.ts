import { ObjectStackError, suggestName, toJsonPointer } from '@objectstack/spec/shared';
import type { FieldModel } from './object-model.js';

/** JSON Pointer to a part of the value at a path. */
export const pathInside = (path: string, key: string | number): string => `${path}${toJsonPointer([key])}`;

/** Why a query or filter is refused, and the name that was probably intended. */
export interface Refusal {
  readonly reason: string;
  readonly suggestion?: string | undefined;
}

function refused(
  code: 'invalid_filter' | 'invalid_query',
  path: string,
  refusal: string | Refusal,
): ObjectStackError {
  const { reason, suggestion } = typeof refusal === 'string' ? { reason: refusal } : refusal;
  const hint = suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
  return new ObjectStackError({
    code,
    message: `${reason} (at ${path}).${hint}`,
    details: { path, reason, ...(suggestion !== undefined && { suggestion }) },
  });
}

export const invalidFilter = (path: string, refusal: string | Refusal): ObjectStackError =>
  refused('invalid_filter', path, refusal);

export const invalidQuery = (path: string, refusal: string | Refusal): ObjectStackError =>
  refused('invalid_query', path, refusal);

/** Refusal of a name that is none of the known ones. */
export function unknownName(what: string, name: string, known: Iterable<string>): Refusal {
  const names = [...known];
  const suggestion = suggestName(name, names);
  const listed = suggestion === undefined && names.length <= MAX_LISTED ? `. Known: ${names.join(', ')}` : '';
  return { reason: `${what} \`${shortened(name)}\` is unknown${listed}`, suggestion };
}

/** Refusal of a path through a lookup. */
const pathThrough = (name: string, lookup: string, target: string): Refusal => ({
  reason: `The field \`${shortened(name)}\` is unknown: lookups are not followed here. Find the records of ${target} first, and compare \`${lookup}\` with their ids`,
});

/** Refusal of a key in the conditions of a field: the name of an operator, or a field of the record that a lookup refers to. */
export function unknownOperator(
  operator: string,
  { name, field }: FieldModel,
  operators: readonly string[],
): Refusal {
  const exact = operators.find((known) => known === `$${operator}`);
  const found = unknownName('The operator', operator, operators);
  if (exact !== undefined) return { ...found, suggestion: exact };
  if (found.suggestion !== undefined || operator.startsWith('$') || !field.reference) return found;
  return pathThrough(`${name}.${operator}`, name, field.reference);
}

/** Refusal of the name of a field that is none of the object, also of one with the path of a field of another object. */
export function unknownField(name: string, fields: ReadonlyMap<string, FieldModel>): Refusal {
  const [lookup = ''] = name.split('.', 1);
  const target = lookup === name ? undefined : fields.get(lookup)?.field.reference;
  return target === undefined
    ? unknownName('The field', name, fields.keys())
    : pathThrough(name, lookup, target);
}

/** Maximum number of names that are listed. */
const MAX_LISTED = 20;

/** Longest name of a message. Names of fields have at most 63 characters. */
const MAX_CHARACTERS = 100;

const shortened = (name: string): string => name.slice(0, MAX_CHARACTERS);
