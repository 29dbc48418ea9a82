import * as fc from 'fast-check';
import { namesOf, type RandomFields } from './random-fields.js';
import { condition, filter } from './random-filters.js';

const orderBy = (random: RandomFields, object: string) =>
  fc.array(
    fc.record({
      field: fc.constantFrom('id', ...namesOf(random, object)),
      order: fc.constantFrom('asc', 'desc'),
    }),
    { maxLength: 2 },
  );

const PAGE = { limit: fc.constantFrom(0, 0, 1, 2, 3, 5), offset: fc.nat(3) };

const pageOf = ({ supports }: RandomFields) => (supports.queryPagination ? PAGE : {});

/** A query for records. */
export function recordQuery(random: RandomFields, object: string): fc.Arbitrary<object> {
  const lookups: Readonly<Record<string, object>> = {
    contact: { account: { fields: ['name'] }, ...(random.supports.arrayFields && { partners: {} }) },
    invoice: { account: {} },
    folder: { parent: { fields: ['name'], expand: { parent: {} } } },
  };
  return fc.record(
    {
      where: filter(random, object),
      ...(random.supports.querySorting && { orderBy: orderBy(random, object) }),
      fields: fc.uniqueArray(fc.constantFrom(...namesOf(random, object)), { minLength: 1, maxLength: 3 }),
      expand: fc.constant(lookups[object] ?? {}),
      ...pageOf(random),
    },
    { requiredKeys: [] },
  );
}

const FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max', 'count_distinct', 'array_agg', 'string_agg'];

/** A query for rows of values. */
export function valuesQuery(random: RandomFields, object: string): fc.Arbitrary<object> {
  const names = fc.uniqueArray(fc.constantFrom(...namesOf(random, object)), { minLength: 1, maxLength: 2 });
  const node = fc.record(
    {
      function: fc.constantFrom(...FUNCTIONS),
      field: fc.constantFrom(...namesOf(random, object)),
      distinct: fc.boolean(),
      ...(random.supports.queryFilters && { filter: condition(random, object) }),
    },
    { requiredKeys: ['function'] },
  );
  const aggregations = fc
    .array(node, { minLength: 1, maxLength: 2 })
    .map((nodes) => nodes.map((one, index) => ({ ...one, alias: `v${index}` })));
  const having = random.supports.queryFilters && {
    having: fc.nat(3).map((least) => ({ v0: { $gte: least } })),
  };
  const where = filter(random, object);
  return fc.oneof(
    fc.record(
      { groupBy: names, aggregations, where, ...having, ...pageOf(random) },
      { requiredKeys: ['groupBy', 'aggregations'] },
    ),
    fc.record({ aggregations, where }, { requiredKeys: ['aggregations'] }),
    fc.record(
      { distinct: fc.constant(true), fields: names, where, ...pageOf(random) },
      { requiredKeys: ['distinct', 'fields'] },
    ),
  );
}
