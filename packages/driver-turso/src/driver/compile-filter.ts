import { isPlainObject, LIMITS } from '@objectstack/spec/shared';
import { type Expression, type SqlBool, sql } from 'kysely';
import { assertFilterLimits } from './assert-filter-limits.js';
import { ALL_ROWS, compileOperator, NO_ROWS, not } from './compile-operator.js';
import { invalidFilter, pathInside, type Refusal, unknownField, unknownName } from './invalid-filter.js';
import type { ObjectModel } from './object-model.js';

type Condition = Expression<SqlBool>;

const COMBINATIONS = ['$and', '$or', '$not'] as const;

/** SQLite's parser accepts about a hundred nested parentheses. */
const MAX_DEPTH = LIMITS.maxFilterDepth;

interface Place {
  readonly model: ObjectModel;
  readonly path: string;
  readonly depth: number;
}

/** SQLite accepts expressions of depth 1000, and each further condition of a chain adds one level. */
const MOST_IN_A_ROW = 200;

function join(conditions: readonly Condition[], operator: 'and' | 'or'): Condition {
  const [only] = conditions;
  if (!only) return operator === 'and' ? ALL_ROWS : NO_ROWS;
  if (conditions.length === 1) return only;
  if (conditions.length > MOST_IN_A_ROW) {
    const size = Math.ceil(conditions.length / Math.ceil(conditions.length / MOST_IN_A_ROW));
    const starts = Array.from({ length: Math.ceil(conditions.length / size) }, (_, index) => index * size);
    return join(
      starts.map((start) => join(conditions.slice(start, start + size), operator)),
      operator,
    );
  }
  return sql<SqlBool>`(${sql.join(conditions, sql.raw(` ${operator} `))})`;
}

const inside = (place: Place, key: string | number): Place => ({
  ...place,
  path: pathInside(place.path, key),
  depth: place.depth + 1,
});

function compileList(place: Place, value: unknown, operator: 'and' | 'or'): Condition {
  if (!Array.isArray(value))
    throw invalidFilter(place.path, 'A list of filters is required. Put them in brackets');
  return join(
    Array.from(value, (item, index) => compileNode(inside(place, index), item)),
    operator,
  );
}

/** A key with `$` is an operator that combines filters; any other is a field. */
function unknownKey({ fields }: ObjectModel, name: string): Refusal {
  if (!name.startsWith('$')) {
    const meant = COMBINATIONS.find((known) => known === `$${name}`);
    return { ...unknownField(name, fields), ...(meant && { suggestion: meant }) };
  }
  return unknownName('The operator', name, COMBINATIONS);
}

function compileField(place: Place, name: string, value: unknown): Condition {
  const field = place.model.fields.get(name);
  if (!field) throw invalidFilter(place.path, unknownKey(place.model, name));
  const context = { model: place.model, field, path: place.path };
  if (!isPlainObject(value)) return compileOperator(context, '$eq', value);
  const operators = Object.entries(value);
  if (operators.length === 0) throw invalidFilter(place.path, 'An operator is required');
  return join(
    operators.map(([operator, operand]) =>
      compileOperator({ ...context, path: pathInside(place.path, operator) }, operator, operand),
    ),
    'and',
  );
}

function compileKey(place: Place, key: string, value: unknown): Condition {
  if (key === '$and') return compileList(place, value, 'and');
  if (key === '$or') return compileList(place, value, 'or');
  if (key === '$not') return not(compileNode(place, value));
  return compileField(place, key, value);
}

function compileNode(place: Place, filter: unknown): Condition {
  if (place.depth > MAX_DEPTH)
    throw invalidFilter(place.path, `A filter can be at most ${MAX_DEPTH} levels deep`);
  if (!isPlainObject(filter))
    throw invalidFilter(
      place.path,
      'A filter must be an object of conditions by field, for example { name: "Acme", amount: { $gt: 5 } }',
    );
  return join(
    Object.entries(filter).map(([key, value]) => compileKey(inside(place, key), key, value)),
    'and',
  );
}

/** A filter as an SQL condition. Throws `invalid_filter` with the path; never ignores a part of the filter. */
export function compileFilter(model: ObjectModel, filter: unknown, path = '/where'): Condition {
  assertFilterLimits(filter, path);
  return compileNode({ model, path, depth: 0 }, filter);
}
