import { SEED, times } from '@objectstack/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCelEnvironment } from './cel-environment.js';
import { boundOf } from './evaluation-bound.js';
import { sizeOfValue } from './size-of-value.js';

const { environment } = createCelEnvironment();

/** The expressions of a grammar of lists, in which `box.n` is read as often as their bodies are evaluated. */
const { list } = fc.letrec<{ list: string; value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('box.n', 'box.n + 1'),
    tie('list').map((items) => `${items}.size()`),
    fc.tuple(tie('value'), tie('list')).map(([value, items]) => `(${value} in ${items} ? 1 : 2)`),
  ),
  list: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('items', '[box.n, box.n]'),
    fc.tuple(tie('list'), tie('value')).map(([items, value]) => `${items}.map(v, ${value})`),
    fc.tuple(tie('list'), tie('value')).map(([items, value]) => `${items}.filter(v, ${value} > 0)`),
    fc.tuple(tie('list'), tie('list')).map(([left, right]) => `(${left} + ${right})`),
    fc.tuple(tie('list'), tie('list')).map(([left, right]) => `cel.bind(b, ${left}, b + b + ${right})`),
  ),
}));

/** Runs the expression and counts the reads of its variable. */
function countReads(source: string, items: readonly bigint[]) {
  let reads = 0;
  const box = Object.defineProperty({}, 'n', { enumerable: true, get: () => BigInt(Math.sign(++reads)) });
  const variables = { box, items };
  const sizes = new Map(Object.entries(variables).map(([name, value]) => [name, sizeOfValue(value)]));
  const parsed = environment.parse(source);
  const bound = boundOf(parsed.ast, sizes);
  reads = 0;
  if (bound.steps > 20_000) return null;
  const value: unknown = parsed(variables);
  return { bound, reads, length: Array.isArray(value) ? value.length : 0 };
}

describe('boundOf', () => {
  it('is never below the evaluations and the length of a list', () => {
    let run = 0;
    fc.assert(
      fc.property(list, fc.array(fc.constant(1n), { maxLength: 20 }), (source, items) => {
        fc.pre(source.length < 400);
        const counted = countReads(source, items);
        if (!counted) return;
        run++;
        expect(counted.bound.steps).toBeGreaterThanOrEqual(counted.reads);
        expect(counted.bound.size).toBeGreaterThanOrEqual(counted.length);
      }),
      { seed: SEED, numRuns: times(2_000) },
    );
    expect(run).toBeGreaterThan(times(2_000) / 4);
  });

  it('grows with the sizes of variables', () => {
    const steps = (source: string, size: number) =>
      boundOf(environment.parse(source).ast, new Map([['items', size]])).steps;
    expect(steps('items.map(n, n)', 100)).toBeLessThan(300);
    expect(steps('items.map(n, items.map(m, m))', 100)).toBeGreaterThan(10_000);
    expect(steps('items.join(items)', 100)).toBeGreaterThan(10_000);
    expect(steps('items.split("").map(n, n)', 100)).toBeGreaterThan(1_600);
    expect(steps('{"a": items}.a[0] == -items', 100)).toBeGreaterThan(200);
  });
});
