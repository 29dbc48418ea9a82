import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/database.js';
import { prepareRichPlan } from '../../../test/rich-plans.js';
import { leavesOf, tampered } from '../../../test/tampering.js';
import { planHashOf } from './plan-hash-of.js';

describe('planHashOf', () => {
  it.each(['everything at once', 'the rollback of everything at once'])(
    'covers every value of a plan: %s',
    async (name) => {
      const { driver } = await freshDatabase();
      const { plan } = await prepareRichPlan(driver, name);
      const paths = leavesOf(plan).filter(([first]) => first !== 'planHash');
      expect(paths.length).toBeGreaterThan(900);
      const tried = paths.filter((_, index) => isSampled(index, 3));
      const missed = tried.filter((path) => planHashOf(tampered(plan, path)) === plan.planHash);
      expect(missed).toEqual([]);
    },
  );

  it('does not depend on the order of keys', async () => {
    const { driver } = await freshDatabase();
    const { plan } = await prepareRichPlan(driver, 'everything at once');
    const backwards = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(backwards);
      const entries = Object.entries(value).reverse();
      return Object.fromEntries(entries.map(([key, item]) => [key, backwards(item)]));
    };
    expect(planHashOf(backwards(plan) as typeof plan)).toBe(plan.planHash);
  });
});
