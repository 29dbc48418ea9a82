import type { DataRecord } from '@objectstack/spec/contracts';
import { isReference, type QueryInput, referenceTarget } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { compileFind } from './compile-find.js';
import { decodeRecord } from './decode-record.js';
import type { Executor } from './executor.js';
import { invalidQuery, pathInside } from './invalid-filter.js';
import { mapInTurns } from './map-in-turns.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { PageSize } from './page-size.js';
import { columnAt, parseQuery } from './parse-query.js';

const MOST_LEVELS = 5;
/** Maximum number of lookups that a message lists. */
const MAX_LISTED = 20;
/** Maximum number of ids in one query. */
const IDS_AT_ONCE = { first: 500, most: 5_000 };
const INNER_KEYS: ReadonlySet<string> = new Set(['object', 'fields', 'expand']);

type Expand = NonNullable<QueryInput['expand']>;

/** A lookup to expand and the fields to read from its target. */
export interface Lookup {
  readonly field: FieldModel;
  readonly target: ObjectModel;
  readonly query: QueryInput;
  readonly lookups: readonly Lookup[];
}

type FindModel = (object: string) => ObjectModel | undefined;

interface Place {
  readonly path: string;
  readonly level: number;
  readonly findModel: FindModel;
}

/** The field to expand does not refer to records. */
function notALookup({ fields }: ObjectModel): string {
  const lookups = [...fields].flatMap(([name, { field }]) => (isReference(field) ? name : []));
  return `The field is no lookup. Lookups: ${lookups.slice(0, MAX_LISTED).join(', ') || 'none'}`;
}

function planLookup(model: ObjectModel, name: string, inner: QueryInput, place: Place): Lookup {
  const { path } = place;
  if (place.level > MOST_LEVELS)
    throw invalidQuery(path, `Lookups can be expanded to at most ${MOST_LEVELS} levels`);
  const lookup = columnAt(model, name, path);
  if (!isReference(lookup.field)) throw invalidQuery(path, notALookup(model));
  const target = place.findModel(referenceTarget(lookup.field, model.name) ?? '');
  if (!target) throw invalidQuery(path, 'The object of the lookup is not deployed here');
  const query = inner ?? {};
  const extra = Object.entries(query).find(([key, value]) => value !== undefined && !INNER_KEYS.has(key));
  if (extra)
    throw invalidQuery(
      pathInside(path, extra[0]),
      'The query of an expanded lookup can only contain object, fields and expand',
    );
  const { fields = [] } = parseQuery(target, query, path);
  for (const [index, field] of fields.entries()) columnAt(target, field, `${path}/fields/${index}`);
  return {
    field: lookup,
    target,
    query,
    lookups: planExpand(target, query.expand, { ...place, path: `${path}/expand` }),
  };
}

/** Plans the lookups to expand. Throws `invalid_query` before anything is read. */
export function planExpand(
  model: ObjectModel,
  expand: Expand | undefined,
  { path, level, findModel }: Place,
): Lookup[] {
  return Object.entries(expand ?? {}).map(([name, inner]) =>
    planLookup(model, name, inner, { path: pathInside(path, name), level: level + 1, findModel }),
  );
}

const idsIn = (value: JsonValue | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string');

async function readTargets(
  { target, query, lookups }: Lookup,
  ids: readonly string[],
  executor: Executor,
): Promise<Map<string, DataRecord>> {
  const found: DataRecord[] = [];
  const pages = new PageSize(IDS_AT_ONCE);
  for (let start = 0; start < ids.length; ) {
    const some = ids.slice(start, start + pages.size);
    const { statement, columns } = compileFind(target, { ...query, where: { id: { $in: some } } });
    try {
      const { rows } = await executor.read(statement);
      const records = await mapInTurns(rows, (row) => decodeRecord(target.name, columns, row));
      pages.fit(records);
      found.push(...records);
      start += some.length;
    } catch (error) {
      pages.shrink(error, some.length, target.name);
    }
  }
  await expandRecords(found, lookups, executor);
  return new Map(found.map((record) => [record.id, record]));
}

/**
 * Replaces the ids in lookups by the records that they refer to, with one query per lookup and level regardless of the
 * number of records. A list keeps its order and omits missing records.
 */
export async function expandRecords(
  records: readonly DataRecord[],
  lookups: readonly Lookup[],
  executor: Executor,
): Promise<void> {
  for (const lookup of lookups) {
    const { name } = lookup.field;
    const ids = new Set(records.flatMap((record) => idsIn(record[name])));
    const targets = await readTargets(lookup, [...ids], executor);
    for (const record of records) {
      const value = record[name];
      const found = idsIn(value).flatMap((id) => targets.get(id) ?? []);
      record[name] = Array.isArray(value) ? found : (found[0] ?? null);
    }
  }
}
