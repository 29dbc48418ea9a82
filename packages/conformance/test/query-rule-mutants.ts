import type { DataRecord } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { isPlainObject, ObjectStackError } from '@objectstack/spec/shared';
import { modelChecks } from '../src/data-driver/model-checks.js';
import { type InterceptedCall, intercepting } from './intercept.js';
import { type Mutant, without } from './mutant-tools.js';
import type { RuleMutant } from './rule-mutants.js';

type Read = 'find' | 'findOne' | 'findStream' | 'count';
type Operand = (value: unknown) => Record<string, unknown>;

const queryOf = ({ args }: InterceptedCall): QueryInput =>
  isPlainObject(args[1]) ? (args[1] as QueryInput) : {};

/** Reads with another query. */
const asking = (rewrite: (query: QueryInput) => unknown, ...methods: Read[]): Mutant =>
  intercepting(({ args: [object, query, ...rest], proceed }) => {
    const asked = isPlainObject(query) ? rewrite(query as QueryInput) : query;
    return proceed([object, asked, ...rest]);
  }, methods);

/** Finds other records or rows. */
const finding = (change: (records: DataRecord[], query: QueryInput) => unknown, method: Read = 'find') =>
  intercepting(async (call) => change((await call.proceed()) as DataRecord[], queryOf(call)), [method]);

/** A filter in which an operator means something else. */
function exchanged(filter: unknown, operator: string, instead: Operand): unknown {
  if (Array.isArray(filter)) return filter.map((one) => exchanged(one, operator, instead));
  if (!isPlainObject(filter)) return filter;
  const entries = Object.entries(filter).flatMap(([key, value]) =>
    key === operator
      ? Object.entries(instead(value))
      : [[key, exchanged(value, operator, instead)] as [string, unknown]],
  );
  return Object.fromEntries(entries);
}

const taking = (operator: string, instead: Operand, method: Read = 'find'): Mutant =>
  asking(
    (query) => (query.where ? { ...query, where: exchanged(query.where, operator, instead) } : query),
    method,
  );

const withoutNull = (values: unknown) =>
  Array.isArray(values) ? values.filter((value) => value !== null) : values;
const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
const isFieldReference = (value: unknown) => isPlainObject(value) && '$field' in value;
const rowsOf = ({ groupBy, aggregations }: QueryInput) => groupBy !== undefined || aggregations !== undefined;

/** A query whose expanded lookups end after so many levels. */
const shallow = ({ expand, ...query }: QueryInput, levels: number): QueryInput => ({
  ...query,
  ...(expand &&
    levels > 0 && {
      expand: Object.fromEntries(
        Object.entries(expand).map(([field, inner]) => [field, shallow(inner, levels - 1)]),
      ),
    }),
});

const folded = (value: unknown) => String(value).toLowerCase();

const mapValues =
  (change: (value: unknown) => unknown) =>
  (rows: DataRecord[]): unknown =>
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, change(value)])));

/** Drivers with a fault in operators of filters. */
const FILTER_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  'takes $eq as $ne': {
    breaks: ['filter/eq'],
    mutant: taking('$eq', (value) => ({ $ne: value })),
  },
  'takes $gt as $gte': { breaks: ['filter/gt'], mutant: taking('$gt', (value) => ({ $gte: value })) },
  'takes $gte as $gt': { breaks: ['filter/gte'], mutant: taking('$gte', (value) => ({ $gt: value })) },
  'takes $lt as $lte': { breaks: ['filter/lt'], mutant: taking('$lt', (value) => ({ $lte: value })) },
  'takes $lte as $lt': { breaks: ['filter/lte'], mutant: taking('$lte', (value) => ({ $lt: value })) },
  'ignores null in the list of $in': {
    breaks: ['filter/in'],
    mutant: taking('$in', (values) => ({ $in: withoutNull(values) })),
  },
  'ignores null in the list of $nin': {
    breaks: ['filter/nin'],
    mutant: taking('$nin', (values) => ({ $nin: withoutNull(values) })),
  },
  'excludes the lower bound of $between': {
    breaks: ['filter/between'],
    mutant: taking('$between', (bounds) =>
      Array.isArray(bounds) ? { $gt: bounds[0], $lte: bounds[1] } : { $between: bounds },
    ),
  },
  'finds no missing values by $notContains': {
    breaks: ['filter/notContains', 'filter/lists'],
    mutant: taking('$notContains', (value) => ({ $notContains: value, $exists: true })),
  },
  'finds missing values by an empty $startsWith': {
    breaks: ['filter/startsWith'],
    mutant: taking('$startsWith', (value) => (value === '' ? { $nin: [] } : { $startsWith: value })),
  },
  'finds missing values by an empty $endsWith': {
    breaks: ['filter/endsWith'],
    mutant: taking('$endsWith', (value) => (value === '' ? { $nin: [] } : { $endsWith: value })),
  },
  'takes false as a missing value': {
    breaks: ['filter/null', 'filter/exists'],
    mutant: intercepting(
      ({ args: [object, query, ...rest], proceed }) => {
        const where = isPlainObject(query) ? query.where : undefined;
        const isOfFlag = isPlainObject(where) && isPlainObject(where.active) && !('$eq' in where.active);
        const asked = isOfFlag
          ? exchanged(
              exchanged(where, '$exists', () => ({ $eq: true })),
              '$null',
              () => ({ $ne: true }),
            )
          : where;
        return proceed([object, isOfFlag ? { ...(query as QueryInput), where: asked } : query, ...rest]);
      },
      ['find'],
    ),
  },
  'takes a missing value of a JSON field as a value': {
    breaks: ['filter/json'],
    mutant: asking((query) => (query.where?.extra ? { ...query, where: {} } : query), 'find'),
  },
  'finds everything by an empty $or': {
    breaks: ['filter/logic'],
    mutant: taking('$or', (filters) => (isEmpty(filters) ? {} : { $or: filters })),
  },
  'counts everything for an empty $or': {
    breaks: ['filter/same-everywhere'],
    mutant: taking('$or', (filters) => (isEmpty(filters) ? {} : { $or: filters }), 'count'),
  },
  'finds missing values when it compares two fields': {
    breaks: ['filter/field-to-field'],
    mutant: taking('$eq', (value) => (isFieldReference(value) ? { $null: true } : { $eq: value })),
  },
  'compares texts without regard to case': {
    breaks: ['filter/text-order'],
    mutant: finding((records, { where }) => {
      const name = where?.name;
      const bound = isPlainObject(name) ? name.$gt : undefined;
      return bound === undefined ? records : records.filter((record) => folded(record.name) > folded(bound));
    }),
  },
  'compares texts by case in a field with caseSensitive: false': {
    breaks: ['filter/folded-case'],
    mutant: finding((records, { where }) =>
      typeof where?.nick === 'string' ? records.filter(({ nick }) => nick === where.nick) : records,
    ),
  },
  'rejects lists of more than a thousand values': {
    breaks: ['filter/long-list'],
    mutant: taking('$in', (values) => {
      if (Array.isArray(values) && values.length > 1_000)
        throw new ObjectStackError({ code: 'sql_error', message: 'There are too many variables.' });
      return { $in: values };
    }),
  },
};

/** Requirements of random operations. */
const RANDOM = Object.keys(modelChecks).map((name) => `model/${name}`);

/** Drivers with a fault in queries. */
export const QUERY_RULE_MUTANTS: Readonly<Record<string, RuleMutant>> = {
  ...FILTER_RULE_MUTANTS,
  'finds a record that was never stored': {
    breaks: RANDOM,
    mutant: finding((records) => [...records, { id: 'none' }]),
  },
  'sorts missing values last in ascending order': {
    breaks: ['query/order'],
    mutant: finding((records, { orderBy }) => {
      const [first] = Array.isArray(orderBy) ? orderBy : [];
      if (!first || first.order === 'desc') return records;
      const isMissing = (record: DataRecord) => record[first.field] === null;
      return [...records.filter((one) => !isMissing(one)), ...records.filter(isMissing)];
    }),
  },
  'sorts texts without regard to case': {
    breaks: ['query/text-order'],
    mutant: finding((records, { orderBy }) =>
      Array.isArray(orderBy) && orderBy[0]?.field === 'name'
        ? records.toSorted((left, right) => (folded(left.name) < folded(right.name) ? -1 : 1))
        : records,
    ),
  },
  'omits the first record after a cursor': {
    breaks: ['query/cursor-pages', 'query/cursor-is-stable'],
    mutant: finding((records, { cursor }) => (cursor ? records.slice(1) : records)),
  },
  'returns every field': {
    breaks: ['query/fields'],
    mutant: asking((query) => (query.distinct ? query : without(query, 'fields')), 'find'),
  },
  'ignores the order in findOne': {
    breaks: ['query/finds-one'],
    mutant: asking((query) => without(query, 'orderBy'), 'findOne'),
  },
  'takes the sum of no values as zero': {
    breaks: ['rows/functions', 'rows/over-everything'],
    mutant: finding((rows, { aggregations }) =>
      aggregations?.some((one) => one.function === 'sum') ? mapValues((value) => value ?? 0)(rows) : rows,
    ),
  },
  'omits missing values in array_agg': {
    breaks: ['rows/lists', 'rows/functions'],
    mutant: finding((rows, query) => (rowsOf(query) ? mapValues(withoutNull)(rows) : rows)),
  },
  'ignores the limit of groups': {
    breaks: ['rows/where-and-order'],
    mutant: asking((query) => (rowsOf(query) ? without(query, 'limit') : query), 'find'),
  },
  'merges names of a row that differ only in case': {
    breaks: ['rows/aliases-differ-in-case'],
    mutant: finding((rows, query) =>
      rowsOf(query)
        ? rows.map((row) => {
            const byName = Object.entries(row).map(([key, value]) => [folded(key), [key, value]] as const);
            return Object.fromEntries(new Map<string, readonly [string, unknown]>(byName).values());
          })
        : rows,
    ),
  },
  'expands no lookup': {
    breaks: ['expand/one-level'],
    mutant: asking((query) => without(query, 'expand'), 'find'),
  },
  'expands lookups up to four levels deep': {
    breaks: ['expand/five-levels'],
    mutant: asking((query) => shallow(query, 4), 'find'),
  },
  'streams records in reverse order': {
    breaks: ['stream/same-as-find'],
    mutant: finding((records) => records.toReversed(), 'findStream'),
  },
  'streams only the first thousand records': {
    breaks: ['stream/many'],
    mutant: finding((records) => records.slice(0, 1_000), 'findStream'),
  },
  'streams nothing for an invalid query': {
    breaks: ['stream/refuses-mistakes'],
    mutant: intercepting(async ({ proceed }) => proceed().catch(() => []), ['findStream']),
  },
  'ends its stream only at the last record': {
    breaks: ['stream/stops-early'],
    mutant: (driver) => {
      let open = 0;
      return {
        async *findStream(...args: Parameters<typeof driver.findStream>) {
          open++;
          yield* driver.findStream(...args);
          open--;
        },
        create: async (...args: Parameters<typeof driver.create>) => {
          if (open > 0) throw new ObjectStackError({ code: 'database_busy', message: 'A stream is open.' });
          return driver.create(...args);
        },
      };
    },
  },
};
