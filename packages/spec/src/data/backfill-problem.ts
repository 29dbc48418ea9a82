import { backfillKey } from './backfill-key.js';
import { type BackfillSource, backfillSourceOf } from './backfill-source.js';
import { celSourceOf } from './cel-expression.js';
import { isDefaultToken } from './default-value.js';
import type { Field } from './field.zod.js';
import { isList, storageOf } from './field-storage.js';
import { ruleExpectation } from './rule-expectation.js';
import { isOffered, leavesEmpty, storageProblem } from './storage-problem.js';
import { SYSTEM_FIELDS } from './system-fields.js';

type Fields = Readonly<Record<string, Field>>;

function fieldNamed(fields: Fields, name: string): Field | undefined {
  const all: Fields = Object.hasOwn(SYSTEM_FIELDS, name) ? SYSTEM_FIELDS : fields;
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

/** Why the field cannot store a value of a backfill. */
function valueProblem(field: Field, value: unknown): string | undefined {
  if (isDefaultToken(field, value)) return 'must be a literal value, not a default token';
  if (celSourceOf(value) !== undefined) return 'must be a literal value, not an expression';
  const problem = storageProblem(field, value);
  if (problem) return problem;
  if (!isOffered(field, value)) return 'is not one of the options';
  return field.required && leavesEmpty(field, value) ? 'leaves the required field empty' : undefined;
}

function tableProblem(field: Field, values: Readonly<Record<string, unknown>>): string | undefined {
  if (isList(field)) return 'cannot replace values of a list';
  for (const [from, value] of Object.entries(values)) {
    const problem = value === null ? 'must not be null' : valueProblem(field, value);
    if (problem) return `has a value for ${from} that ${problem}`;
  }
  return undefined;
}

function readProblem(field: Field, source: Field, { values }: BackfillSource): string | undefined {
  const [from, to] = [storageOf(source), storageOf(field)];
  if (from.column === null) return 'is computed';
  if (backfillSourceOf(source)) return 'has a backfill that is no literal value itself';
  if (values)
    return isList(source) || from.encoding === 'json'
      ? 'stores lists or JSON, which `values` cannot map'
      : undefined;
  const isAlike = from.encoding === to.encoding && isList(source) === isList(field);
  return isAlike ? undefined : 'stores another type of value; map its values with `values`';
}

/** Why a table cannot be applied to the values of a field. */
function keyProblem(
  source: Field,
  name: string,
  values: Readonly<Record<string, unknown>>,
): string | undefined {
  const keys = new Map<string | number, string>();
  for (const key of Object.keys(values)) {
    const stored = backfillKey(storageOf(source).encoding, key);
    if (stored === undefined)
      return `has the key ${key}, which is no value of ${name}: it ${ruleExpectation('type', source)}`;
    const other = keys.get(stored);
    if (other !== undefined) return `has the keys ${other} and ${key}, which are the same value of ${name}`;
    keys.set(stored, key);
  }
  return undefined;
}

function sourceProblem(field: Field, source: BackfillSource, fields: Fields): string | undefined {
  if (source.field !== undefined) {
    const read = fieldNamed(fields, source.field);
    if (!read) return `names the unknown field ${source.field}`;
    if (read === field) return `names its own field ${source.field}; leave field out`;
    const problem = readProblem(field, read, source);
    if (problem) return `names the field ${source.field}, which ${problem}`;
    const wrong = source.values && keyProblem(read, source.field, source.values);
    if (wrong) return wrong;
  }
  return source.values && tableProblem(field, source.values);
}

/**
 * Returns why a field cannot store its own backfill value, as the end of a sentence; undefined if it can.
 * `fields` are the fields of its object, by which `{ field }` is checked.
 */
export function backfillProblem(field: Field, fields: Fields): string | undefined {
  if (field.backfill === undefined) return undefined;
  if (storageOf(field).encoding === 'computed') return 'is on a field that is computed';
  if (field.type === 'autonumber') return 'is on an autonumber, whose values come from its counter';
  const source = backfillSourceOf(field);
  return source ? sourceProblem(field, source, fields) : valueProblem(field, field.backfill);
}
