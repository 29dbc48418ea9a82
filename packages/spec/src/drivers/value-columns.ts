import type { RecordFields } from '../data/check-record.js';
import type { DriverCapabilities } from '../data/driver.zod.js';
import { type FieldValueModel, fieldValueModel } from '../data/field-value.js';
import type { JsonPath } from '../shared/json-pointer.js';
import { invalidQuery } from './invalid-query.js';
import type { ObjectModel } from './object-model.js';
import type { ParsedAggregation, ParsedQuery } from './parse-query.js';
import { rejection } from './rejection.js';

/** The values of a row of a query with `groupBy`, `aggregations` or `distinct`. */
export interface ValueColumns {
  /** Fields that the rows are grouped by, in the order of the query: those of `groupBy`, or the distinct ones. */
  readonly keys: readonly string[];
  /** Every value of a row by its name, as a field: how it is compared, filtered and decoded. */
  readonly fields: RecordFields;
}

const ALIAS = /^[a-z]\w{0,62}$/i;
const NUMBER = fieldValueModel({ type: 'number' });
const LIST = fieldValueModel({ type: 'json' });

/** The field at a path of the query. Throws `invalid_query` unless it is stored, and has an order if that is needed. */
export function storedFieldAt(
  { stored }: Pick<ObjectModel, 'stored'>,
  name: string,
  { path, isOrdered }: { path: JsonPath; isOrdered: boolean },
): FieldValueModel {
  const field = stored.get(name);
  if (!field || (isOrdered && field.storage.comparand === 'presence')) throw invalidQuery(path);
  return field;
}

const NEEDS: Partial<Record<ParsedAggregation['function'], string>> = {
  sum: 'number',
  avg: 'number',
  string_agg: 'text',
};

/** The result of an aggregation as a field. Throws `invalid_query` if the function does not apply to its field. */
function resultOf(model: ObjectModel, node: ParsedAggregation, path: JsonPath): FieldValueModel {
  const { function: name, field, distinct } = node;
  if (field === undefined) {
    if (name !== 'count' || distinct) throw invalidQuery(path);
    return NUMBER;
  }
  const isOrdered = name === 'min' || name === 'max';
  const argument = storedFieldAt(model, field, { path, isOrdered });
  if (NEEDS[name] && argument.storage.encoding !== NEEDS[name]) throw invalidQuery(path);
  if (isOrdered) return argument;
  return name === 'array_agg' || name === 'string_agg' ? LIST : NUMBER;
}

/** Rejects names that the driver cannot tell apart. */
function assertDistinguished(names: Iterable<string>, alias: string, supports: DriverCapabilities): void {
  if (supports.caseSensitiveAliases) return;
  for (const name of names)
    if (name.toLowerCase() === alias.toLowerCase())
      throw rejection('not_supported', { feature: 'caseSensitiveAliases' });
}

/**
 * Returns the columns of the rows of values that a query returns. Throws `invalid_query` for fields that do not exist or
 * have no order, and for aliases that are malformed or used twice; `not_supported` for aliases that differ only in case,
 * unless the driver declares them.
 */
export function valueColumns(
  model: ObjectModel,
  { groupBy, fields: distinct, aggregations = [] }: ParsedQuery,
  supports: DriverCapabilities,
): ValueColumns {
  const [key, keys] = groupBy ? ['groupBy', groupBy] : ['fields', distinct ?? []];
  const fields = new Map(
    keys.map((name, index) => [name, storedFieldAt(model, name, { path: [key, index], isOrdered: true })]),
  );
  for (const [index, node] of aggregations.entries()) {
    const path = ['aggregations', index];
    if (!ALIAS.test(node.alias) || fields.has(node.alias)) throw invalidQuery([...path, 'alias']);
    assertDistinguished(fields.keys(), node.alias, supports);
    fields.set(node.alias, resultOf(model, node, [...path, 'field']));
  }
  return { keys: [...new Set(keys)], fields };
}
