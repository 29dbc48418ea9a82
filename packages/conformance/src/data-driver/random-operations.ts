import { FILTER_OPERATORS } from '@objectstack/spec/data';
import * as fc from 'fast-check';

/** One driver call as data, so that a failing sequence can be printed and shortened. */
export type Operation =
  | {
      readonly kind: 'create' | 'upsert';
      readonly object: string;
      readonly data: Data;
      readonly keys: string[];
    }
  | { readonly kind: 'update'; readonly object: string; readonly id: string; readonly data: Data }
  | { readonly kind: 'delete'; readonly object: string; readonly id: string }
  | { readonly kind: 'bulkCreate'; readonly object: string; readonly list: Data[] }
  | { readonly kind: 'bulkUpdate'; readonly object: string; readonly list: { id: string; data: Data }[] }
  | { readonly kind: 'bulkDelete'; readonly object: string; readonly ids: string[] }
  | { readonly kind: 'updateMany'; readonly object: string; readonly where: unknown; readonly data: Data }
  | { readonly kind: 'deleteMany' | 'count'; readonly object: string; readonly where: unknown }
  | { readonly kind: 'find' | 'findOne' | 'findStream'; readonly object: string; readonly query: object }
  | { readonly kind: 'begin' | 'commit' | 'rollback' };
type OperationKind = Operation['kind'];
type Data = Record<string, unknown>;

const IDS = ['r1', 'r2', 'r3', 'r4'];
const TEXTS = ['', 'a', 'A', 'ab', 'Ä', '😀', '%', 'b_'];
const NUMBERS = [-1, 0, 0.5, 2, 10];
const DAYS = ['2025-12-31', '2026-01-01', '2026-02-28'];

const orNull = <T>(values: readonly T[]) => fc.constantFrom(null, ...values);

/** Fields of each object with the values to write; a few violate rules. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  account: {
    name: fc.constantFrom('Acme', 'Bolt', 'bolt', 'B', null, 7),
    code: orNull(['x', 'X', 'y']),
    nick: orNull(['n', 'N', 'm']),
    status: orNull(['open', 'closed', 'odd']),
    budget: orNull(NUMBERS),
    limit_amount: orNull(NUMBERS),
    active: orNull([true, false]),
    opened_on: orNull(DAYS),
    notes: orNull(TEXTS),
    tags: orNull([['t'], [], ['t', 'u']]),
  },
  contact: {
    name: orNull(TEXTS),
    account: orNull([...IDS, 'no_such_id']),
    partners: orNull([['r1', 'r2'], ['gone'], []]),
  },
  invoice: { account: orNull(IDS), amount: orNull(NUMBERS) },
  folder: { name: orNull(TEXTS), parent: orNull(IDS) },
  booking: { day: orNull(DAYS), room: orNull(['r1', 'r2']), guest: orNull(TEXTS) },
};
const OBJECTS = Object.keys(FIELDS);

const fieldsOf = (object: string) => FIELDS[object] ?? {};
const namesOf = (object: string) => Object.keys(fieldsOf(object));
const id = fc.constantFrom(...IDS);
const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: rare });

const changes = (object: string): fc.Arbitrary<Data> =>
  rarely(fc.record(fieldsOf(object), { requiredKeys: [] }), fc.constant({ nothing: 1 }));
const newRecord = (object: string): fc.Arbitrary<Data> => {
  const named: Data = object === 'account' ? { name: 'Acme' } : {};
  return fc.tuple(id, changes(object)).map(([chosen, data]) => ({ id: chosen, ...named, ...data }));
};

function condition(object: string): fc.Arbitrary<unknown> {
  return fc.constantFrom(...namesOf(object)).chain((name) => {
    const value = fieldsOf(object)[name] ?? fc.constant(null);
    const operand: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
      $in: fc.array(value, { maxLength: 3 }),
      $nin: fc.array(value, { maxLength: 3 }),
      $between: fc.tuple(value, value),
      $contains: fc.constantFrom(...TEXTS),
      $notContains: fc.constantFrom(...TEXTS),
      $startsWith: fc.constantFrom(...TEXTS),
      $endsWith: fc.constantFrom(...TEXTS),
      $null: fc.boolean(),
      $exists: fc.boolean(),
    };
    const reference = fc.constantFrom(...namesOf(object)).map((other) => ({ $field: other }));
    const operators = fc
      .constantFrom(...FILTER_OPERATORS)
      .chain((operator) =>
        (operand[operator] ?? rarely(value, reference)).map((chosen) => ({ [operator]: chosen })),
      );
    return rarely(
      fc.oneof(value, operators),
      operators.map((one) => ({ ...one, $like: 'a' })),
    ).map((one) => ({ [name]: one }));
  });
}

function filter(object: string): fc.Arbitrary<unknown> {
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      condition(object),
      fc.array(tie('node'), { maxLength: 3 }).map((list) => ({ $and: list })),
      fc.array(tie('node'), { maxLength: 3 }).map((list) => ({ $or: list })),
      tie('node').map((one) => ({ $not: one })),
    ),
  }));
  return rarely(node, fc.constantFrom({}, { nothing: 1 }, undefined));
}

const orderBy = (object: string) =>
  fc.array(
    fc.record({ field: fc.constantFrom('id', ...namesOf(object)), order: fc.constantFrom('asc', 'desc') }),
    { maxLength: 2 },
  );

const page = { limit: fc.nat(5), offset: fc.nat(3) };

function recordQuery(object: string): fc.Arbitrary<object> {
  const lookups: Readonly<Record<string, object>> = {
    contact: { account: { fields: ['name'] }, partners: {} },
    invoice: { account: {} },
    folder: { parent: { fields: ['name'], expand: { parent: {} } } },
  };
  return fc.record(
    {
      where: filter(object),
      orderBy: orderBy(object),
      fields: fc.uniqueArray(fc.constantFrom(...namesOf(object)), { minLength: 1, maxLength: 3 }),
      expand: fc.constant(lookups[object] ?? {}),
      ...page,
    },
    { requiredKeys: [] },
  );
}

const FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max', 'count_distinct', 'array_agg', 'string_agg'];

function valuesQuery(object: string): fc.Arbitrary<object> {
  const names = fc.uniqueArray(fc.constantFrom(...namesOf(object)), { minLength: 1, maxLength: 2 });
  const node = fc.record(
    {
      function: fc.constantFrom(...FUNCTIONS),
      field: fc.constantFrom(...namesOf(object)),
      distinct: fc.boolean(),
      filter: condition(object),
    },
    { requiredKeys: ['function'] },
  );
  const aggregations = fc
    .array(node, { minLength: 1, maxLength: 2 })
    .map((nodes) => nodes.map((one, index) => ({ ...one, alias: `v${index}` })));
  const having = fc.nat(3).map((least) => ({ v0: { $gte: least } }));
  const where = filter(object);
  return fc.oneof(
    fc.record(
      { groupBy: names, aggregations, where, having, ...page },
      { requiredKeys: ['groupBy', 'aggregations'] },
    ),
    fc.record({ aggregations, where }, { requiredKeys: ['aggregations'] }),
    fc.record(
      { distinct: fc.constant(true), fields: names, where, ...page },
      { requiredKeys: ['distinct', 'fields'] },
    ),
  );
}

function operationOn(object: string): fc.Arbitrary<Operation> {
  const on = fc.constant(object);
  const keys = fc.constantFrom(['id'], ['id'], [namesOf(object)[1] ?? 'id'], ['nothing']);
  const update = fc.record({ id, data: changes(object) });
  const where = filter(object);
  const of = <K extends OperationKind>(...kinds: K[]) => fc.constantFrom(...kinds);
  const writes = [
    fc.record({ kind: of('create', 'upsert'), object: on, data: newRecord(object), keys }),
    fc.record({ kind: of('update'), object: on, id, data: changes(object) }),
    fc.record({ kind: of('delete'), object: on, id }),
    fc.record({ kind: of('bulkCreate'), object: on, list: fc.array(newRecord(object), { maxLength: 3 }) }),
    fc.record({ kind: of('bulkUpdate'), object: on, list: fc.array(update, { maxLength: 3 }) }),
    fc.record({ kind: of('bulkDelete'), object: on, ids: fc.array(id, { maxLength: 3 }) }),
    fc.record({ kind: of('updateMany'), object: on, where, data: changes(object) }),
  ];
  const query = fc.oneof(
    { weight: 2, arbitrary: recordQuery(object) },
    { weight: 1, arbitrary: valuesQuery(object) },
  );
  const reads = [
    fc.record({ kind: of('deleteMany', 'count'), object: on, where }),
    fc.record({ kind: of('find', 'find', 'findOne', 'findStream'), object: on, query }),
  ];
  return fc.oneof(
    { weight: 5, arbitrary: writes[0] as fc.Arbitrary<Operation> },
    { weight: 7, arbitrary: fc.oneof(...writes.slice(1)) as fc.Arbitrary<Operation> },
    { weight: 5, arbitrary: fc.oneof(...reads) as fc.Arbitrary<Operation> },
  );
}

const transactionStep: fc.Arbitrary<Operation> = fc
  .constantFrom('begin', 'begin', 'commit', 'rollback')
  .map((kind) => ({ kind }) as Operation);

/** A sequence of calls on few records, so that calls affect the same ones. */
export const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...OBJECTS).chain(operationOn) },
    { weight: 1, arbitrary: transactionStep },
  ),
  { minLength: 10, maxLength: 40 },
);

/** Objects that the operations use. */
export const MODEL_OBJECTS: readonly string[] = OBJECTS;
