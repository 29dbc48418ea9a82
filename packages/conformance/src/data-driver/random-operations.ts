import type { DriverCapabilities } from '@objectstack/spec/data';
import * as fc from 'fast-check';
import {
  fieldsOf,
  IDS,
  MODEL_OBJECTS,
  namesOf,
  type RandomFields,
  randomFields,
  rarely,
} from './random-fields.js';
import { filter } from './random-filters.js';
import { recordQuery, valuesQuery } from './random-queries.js';

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

const id = fc.constantFrom(...IDS);

const changes = (random: RandomFields, object: string): fc.Arbitrary<Data> =>
  rarely(fc.record(fieldsOf(random, object), { requiredKeys: [] }), fc.constant({ nothing: 1 }));

const newRecord = (random: RandomFields, object: string): fc.Arbitrary<Data> => {
  const named: Data = object === 'account' ? { name: 'acme' } : {};
  return fc.tuple(id, changes(random, object)).map(([chosen, data]) => ({ id: chosen, ...named, ...data }));
};

const any = <T>(...arbitraries: (fc.Arbitrary<T> | false)[]) =>
  fc.oneof(...arbitraries.filter((one): one is fc.Arbitrary<T> => one !== false));

const of = <K extends OperationKind>(...kinds: K[]) => fc.constantFrom(...kinds);

type Writes = fc.Arbitrary<Operation>;

/** Writes of one record by its id or keys, and of several. */
function writesOn(random: RandomFields, object: string): Writes {
  const { supports } = random;
  const on = fc.constant(object);
  const keys: fc.Arbitrary<string[]> = fc.constantFrom(
    ['id'],
    ['id'],
    [namesOf(random, object)[1] ?? 'id'],
    ['nothing'],
  );
  const data = changes(random, object);
  const update = fc.record({ id, data });
  const records = fc.array(newRecord(random, object), { maxLength: 3 });
  const single: Writes = fc.record({
    kind: of('create', 'upsert'),
    object: on,
    data: newRecord(random, object),
    keys,
  });
  const others = any<Operation>(
    fc.record({ kind: of('update'), object: on, id, data }),
    fc.record({ kind: of('delete'), object: on, id }),
    supports.bulkCreate && fc.record({ kind: of('bulkCreate'), object: on, list: records }),
    supports.bulkUpdate &&
      fc.record({ kind: of('bulkUpdate'), object: on, list: fc.array(update, { maxLength: 3 }) }),
    supports.bulkDelete &&
      fc.record({ kind: of('bulkDelete'), object: on, ids: fc.array(id, { maxLength: 3 }) }),
    fc.record({ kind: of('updateMany'), object: on, where: filter(random, object), data }),
  );
  return fc.oneof({ weight: 5, arbitrary: single }, { weight: 7, arbitrary: others });
}

/** Reads, and writes of what a filter selects. */
function readsOn(random: RandomFields, object: string): fc.Arbitrary<Operation> {
  const { supports } = random;
  const on = fc.constant(object);
  const query = fc.oneof(
    { weight: 2, arbitrary: recordQuery(random, object) },
    { weight: supports.queryAggregations ? 1 : 0, arbitrary: valuesQuery(random, object) },
  );
  const find = supports.streaming ? of('find', 'findOne', 'findStream') : of('find', 'findOne');
  return any<Operation>(
    fc.record({ kind: of('deleteMany', 'count'), object: on, where: filter(random, object) }),
    fc.record({ kind: find, object: on, query }),
  );
}

const transactionStep: fc.Arbitrary<Operation> = fc
  .constantFrom('begin', 'begin', 'commit', 'rollback')
  .map((kind) => ({ kind }) as Operation);

/** A sequence of calls that the driver declares, on few records, so that calls affect the same ones. */
export function operationsFor(supports: DriverCapabilities): fc.Arbitrary<Operation[]> {
  const random = randomFields(supports);
  const callOn = (object: string) =>
    fc.oneof(
      { weight: 12, arbitrary: writesOn(random, object) },
      { weight: 5, arbitrary: readsOn(random, object) },
    );
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...MODEL_OBJECTS).chain(callOn) },
      { weight: supports.transactions ? 1 : 0, arbitrary: transactionStep },
    ),
    { minLength: 10, maxLength: 40, size: 'max' },
  );
}
