import { DriverCapabilitiesSchema, MISTAKE_OBJECTS, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { objectModel, parseQuery } from '@objectstack/spec/drivers';
import { ObjectStackError } from '@objectstack/spec/shared';
import { code, list, table } from '../markdown.js';

const CONTACT = objectModel(ObjectDefinitionSchema.parse(MISTAKE_OBJECTS.contact));
const EVERYTHING = DriverCapabilitiesSchema.parse({
  ...{ queryFilters: true, querySorting: true, queryPagination: true, queryAggregations: true },
});

const KINDS: readonly (readonly [title: string, query: object])[] = [
  ['records', {}],
  ['`groupBy`', { groupBy: ['name'] }],
  ['only `aggregations`', { aggregations: [{ function: 'count', alias: 'n' }] }],
  ['`distinct: true` with `fields`', { distinct: true, fields: ['name'] }],
];
const KEYS: Readonly<Record<string, unknown>> = {
  where: { name: 'x' },
  fields: ['name'],
  orderBy: [],
  limit: 1,
  offset: 1,
  cursor: { id: 'x' },
  expand: { account: {} },
  groupBy: ['name'],
  aggregations: [{ function: 'count', alias: 'n' }],
  having: {},
  distinct: true,
};

function answer(query: object): string {
  try {
    parseQuery(CONTACT, query, EVERYTHING);
    return 'yes';
  } catch (error) {
    if (ObjectStackError.isInstance(error, 'invalid_query')) return `no: ${code(String(error.details.path))}`;
    throw error;
  }
}

/** Which keys can be combined in queries for records and for rows of values. */
export const combinedKeysTable = (): string =>
  table(
    ['key', ...KINDS.map(([title]) => title)],
    Object.entries(KEYS).map(([key, value]) => [
      code(key),
      ...KINDS.map(([, query]) => answer({ [key]: value, ...query })),
    ]),
  );

/** What the tables of queries cannot show. */
export const rowRules = (): string =>
  list([
    'Only `find` and `explain` accept queries for rows of values; `findOne` and `findStream` reject each of `groupBy`, `aggregations`, `having` and `distinct: true`.',
    'Rows are sorted by `orderBy`, then by the fields of `groupBy` or, with `distinct`, of `fields`, in the order of the query, ascending. Missing values come first. `orderBy` can name these fields and aliases of aggregations.',
    'Missing values are one group, and so are values that differ only in case if the field ignores case; the row then contains the first of them by its bytes. `aggregations` without `groupBy` return exactly one row, also for no record.',
    '`count`, `count_distinct` and `array_agg` apply to every stored field, `min` and `max` to those with an order, `sum` and `avg` to numbers, `string_agg` to texts. Lists and JSON are compared and sorted by their JSON texts, as they are stored. All functions but `array_agg` ignore missing values; `array_agg` contains each as `null`, first, and with `distinct` a single one.',
    'In `having` and `orderBy`, results of `min` and `max` are like their field, counts, `sum` and `avg` are numbers, and `array_agg` and `string_agg` are like JSON, which has no order.',
    'An alias is a letter followed by at most 62 letters, digits or underscores, and differs from all other names of the row. Without `caseSensitiveAliases`, one that differs only in case is rejected with `not_supported`.',
    'Every part of a filter counts for `LIMITS.maxFilterNodes`: fields, operators, `$field`, items of `$and` and `$or`, bounds of `$between`, but no items of `$in` and `$nin`, which have their own limit. The path is that of a part beyond the limit. A driver may permit more.',
  ]);
