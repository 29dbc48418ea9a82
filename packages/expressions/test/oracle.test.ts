import { isCelError, isCelUint, run } from '@bufbuild/cel';
import { SEED, times } from '@objectstack/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression } from '../src/evaluate-expression.js';

/** Source of a text literal. */
const literal = fc.stringMatching(/^[a-c é,]{0,4}$/).map((text) => `"${text}"`);
const integer = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.maxSafeInteger()).map((n) => `(${n})`);

/** Typed expressions of CEL that both implementations have. */
const { int, bool, text } = fc.letrec<{ int: string; bool: string; text: string; list: string }>((tie) => ({
  int: fc.oneof(
    { depthSize: 'small' },
    integer,
    fc.constantFrom('n', '9223372036854775807'),
    fc
      .tuple(tie('int'), fc.constantFrom('+', '-', '*', '/', '%'), tie('int'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('text').map((value) => `size(${value})`),
    tie('text').map((value) => `${value}.size()`),
    tie('list').map((items) => `${items}.map(x, x * 2)[0]`),
    tie('int').map((value) => `-${value}`),
    fc.tuple(tie('bool'), tie('int'), tie('int')).map(([is, yes, no]) => `(${is} ? ${yes} : ${no})`),
  ),
  bool: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('true', 'false'),
    fc
      .tuple(tie('int'), fc.constantFrom('<', '<=', '==', '!=', '>', '>='), tie('int'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc.tuple(tie('bool'), fc.constantFrom('&&', '||'), tie('bool')).map((parts) => `(${parts.join(' ')})`),
    fc.tuple(tie('text'), tie('text')).map(([value, part]) => `${value}.startsWith(${part})`),
    fc.tuple(tie('text'), tie('text')).map(([value, part]) => `${value}.contains(${part})`),
    fc.tuple(tie('int'), tie('list')).map(([value, items]) => `(${value} in ${items})`),
    fc.tuple(tie('list'), tie('int')).map(([items, value]) => `${items}.exists(x, x > ${value})`),
    fc.tuple(tie('list'), tie('int')).map(([items, value]) => `${items}.all(x, x != ${value})`),
    tie('bool').map((value) => `!${value}`),
  ),
  text: fc.oneof(
    { depthSize: 'small' },
    literal,
    fc.constant('t'),
    fc.tuple(tie('text'), tie('text')).map(([left, right]) => `(${left} + ${right})`),
    tie('int').map((value) => `string(${value})`),
    fc.tuple(tie('bool'), tie('text'), tie('text')).map(([is, yes, no]) => `(${is} ? ${yes} : ${no})`),
  ),
  list: fc.oneof(
    { depthSize: 'small' },
    fc.array(tie('int'), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('list'), tie('list')).map(([left, right]) => `(${left} + ${right})`),
    fc.tuple(tie('list'), tie('int')).map(([items, value]) => `${items}.filter(x, x > ${value})`),
  ),
}));

const variables = { n: 7n, t: 'abc' };
const now = '2026-03-31T08:09:10.123Z';

/** Value of the other implementation; undefined for an error, and for an integer that no field can store. */
function expected(source: string): unknown {
  const value = run(source, variables);
  if (isCelError(value)) return undefined;
  if (typeof value !== 'bigint') return isCelUint(value) ? Number(value.value) : value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
}

describe('evaluateExpression', () => {
  it('agrees with another implementation of CEL', () => {
    let values = 0;
    fc.assert(
      fc.property(fc.oneof(int, bool, text), (source) => {
        const outcome = evaluateExpression(source, { now, variables });
        if ('problem' in outcome && outcome.problem.code.startsWith('too_')) return;
        if ('value' in outcome) values++;
        expect('value' in outcome ? outcome.value : undefined).toEqual(expected(source));
      }),
      { seed: SEED, numRuns: times(4_000) },
    );
    expect(values).toBeGreaterThan(times(4_000) / 2);
  });
});
