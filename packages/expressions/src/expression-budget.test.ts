import { describe, expect, it } from 'vitest';
import { ExpressionBudget } from './expression-budget.js';

/** How many of the sources may be evaluated. */
function spent(maxSteps: number, sources: readonly string[]): number {
  const budget = new ExpressionBudget(maxSteps);
  return sources.filter((source) => budget.spend(source)).length;
}

const repeated = (source: string, count: number) => Array.from({ length: count }, () => source);
const SUM = Array.from({ length: 100 }, (_, index) => index).join('+');

describe('ExpressionBudget', () => {
  it('permits fewer different expressions than uses of the same one', () => {
    const same = spent(100_000, repeated('daysAgo(7)', 1_000));
    const different = spent(
      100_000,
      Array.from({ length: 1_000 }, (_, index) => `daysAgo(${index})`),
    );
    expect(same).toBeGreaterThan(900);
    expect(different).toBeLessThan(200);
    expect(different).toBeGreaterThan(100);
  });

  it('counts the steps of the evaluation in the worst case', () => {
    expect(spent(100_000, repeated(SUM, 100))).toBeLessThan(15);
  });

  it('counts parsing of expressions that cannot be evaluated', () => {
    expect(spent(10_000, repeated('1 +', 1_000))).toBeLessThan(100);
  });

  it('refuses all further expressions, also cheaper ones', () => {
    const budget = new ExpressionBudget(1_000);
    expect([budget.spend('1'), budget.spend(SUM), budget.spend('1')]).toEqual([true, false, false]);
  });

  it('does not parse what it refuses', () => {
    const budget = new ExpressionBudget(1_000);
    expect(budget.spend('x'.repeat(4_000))).toBe(false);
  });

  it('depends on nothing but the sources and their order', () => {
    const sources = Array.from({ length: 3_000 }, (_, index) => `${index % 1_500} + 1`);
    expect(spent(1_500_000, sources)).toBe(spent(1_500_000, sources));
  });
});
