import type { DataRecord } from '../contracts/driver-call.js';
import type { DriverCapabilities } from '../data/driver.zod.js';
import { referenceTarget } from '../data/field-storage.js';
import { isPlainObject } from '../shared/is-plain-object.js';
import type { JsonValue } from '../shared/json.js';
import type { JsonPath } from '../shared/json-pointer.js';
import { invalidQuery } from './invalid-query.js';
import type { ObjectModel } from './object-model.js';
import { type ParsedQuery, parseQuery } from './parse-query.js';

/** What a query returns of each record: fields, and the records that its lookups refer to. */
export interface RecordShape<Model extends ObjectModel = ObjectModel> {
  /** Names of the returned fields, `id` and expanded lookups included. */
  readonly fields: readonly string[];
  readonly expansions: readonly Expansion<Model>[];
}

/** A lookup that is replaced by the records that it refers to. */
export interface Expansion<Model extends ObjectModel = ObjectModel> {
  readonly field: string;
  readonly target: Model;
  readonly shape: RecordShape<Model>;
}

/** The objects of a database, and what its driver supports. */
export interface QueryContext<Model extends ObjectModel = ObjectModel> {
  readonly models: ReadonlyMap<string, Model>;
  readonly supports: DriverCapabilities;
}

const MAX_LEVELS = 5;
const INNER_KEYS = new Set(['object', 'fields', 'expand']);

function expansionOf<Model extends ObjectModel>(
  context: QueryContext<Model>,
  model: Model,
  { field, query, at }: { field: string; query: unknown; at: JsonPath },
): Expansion<Model> {
  const definition = model.stored.get(field)?.field;
  const target = definition && context.models.get(referenceTarget(definition, model.name) ?? '');
  // The path has two steps for each level.
  if (!target || at.length > 2 * MAX_LEVELS) throw invalidQuery(at);
  const ignored = Object.keys(isPlainObject(query) ? query : {}).find((key) => !INNER_KEYS.has(key));
  if (ignored !== undefined) throw invalidQuery([...at, ignored]);
  const parsed = parseQuery(target, query ?? {}, context.supports, at);
  return { field, target, shape: recordShape(context, target, parsed, at) };
}

/**
 * Returns which fields and expanded lookups of each record a parsed query returns. Throws `invalid_query` for unknown
 * fields and for expanded fields that are not lookups.
 */
export function recordShape<Model extends ObjectModel>(
  context: QueryContext<Model>,
  model: Model,
  { fields, expand = {} }: Pick<ParsedQuery, 'fields' | 'expand'>,
  at: JsonPath = [],
): RecordShape<Model> {
  const stored = [...model.stored.keys()];
  const unknown = fields?.findIndex((name) => !model.stored.has(name)) ?? -1;
  if (unknown >= 0) throw invalidQuery([...at, 'fields', unknown]);
  if (!isPlainObject(expand)) throw invalidQuery([...at, 'expand']);
  const expansions = Object.entries(expand).map(([field, query]) =>
    expansionOf(context, model, { field, query, at: [...at, 'expand', field] }),
  );
  const asked = fields && new Set(['id', ...fields, ...expansions.map(({ field }) => field)]);
  return { fields: asked ? stored.filter((name) => asked.has(name)) : stored, expansions };
}

/**
 * Returns a record in the shape that a query returns. `find` returns the complete record with an id, or undefined.
 * Records that a list of lookups refers to and that do not exist are left out.
 */
export function shapeRecord<Model extends ObjectModel>(
  record: DataRecord,
  { fields, expansions }: RecordShape<Model>,
  find: (target: Model, id: string) => DataRecord | undefined,
): DataRecord {
  const shaped = Object.fromEntries(fields.map((name) => [name, record[name] ?? null])) as DataRecord;
  for (const { field, target, shape } of expansions) {
    const read = (id: JsonValue): DataRecord[] => {
      const found = typeof id === 'string' ? find(target, id) : undefined;
      return found ? [shapeRecord(found, shape, find)] : [];
    };
    const value = record[field] ?? null;
    shaped[field] = Array.isArray(value) ? value.flatMap(read) : (read(value)[0] ?? null);
  }
  return shaped;
}
