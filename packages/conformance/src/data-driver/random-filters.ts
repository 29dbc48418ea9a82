import { FILTER_OPERATORS } from '@objectstack/spec/data';
import * as fc from 'fast-check';
import { fieldsOf, namesOf, type RandomFields, rarely } from './random-fields.js';

export function condition(random: RandomFields, object: string): fc.Arbitrary<unknown> {
  return fc.constantFrom(...namesOf(random, object)).chain((name) => {
    const value = fieldsOf(random, object)[name] ?? fc.constant(null);
    const operand: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
      $in: fc.array(value, { maxLength: 3 }),
      $nin: fc.array(value, { maxLength: 3 }),
      $between: fc.tuple(value, value),
      $contains: fc.constantFrom(...random.texts),
      $notContains: fc.constantFrom(...random.texts),
      $startsWith: fc.constantFrom(...random.texts),
      $endsWith: fc.constantFrom(...random.texts),
      $null: fc.boolean(),
      $exists: fc.boolean(),
    };
    const reference = fc.constantFrom(...namesOf(random, object)).map((other) => ({ $field: other }));
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

/** A filter; a driver that cannot filter gets only those without conditions. */
export function filter(random: RandomFields, object: string): fc.Arbitrary<unknown> {
  if (!random.supports.queryFilters) return fc.constantFrom({}, {}, undefined);
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      condition(random, object),
      fc.array(tie('node'), { maxLength: 3 }).map((list) => ({ $and: list })),
      fc.array(tie('node'), { maxLength: 3 }).map((list) => ({ $or: list })),
      tie('node').map((one) => ({ $not: one })),
    ),
  }));
  return rarely(node, fc.constantFrom({}, { nothing: 1 }, undefined));
}
