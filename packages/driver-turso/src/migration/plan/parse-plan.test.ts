import { issuesOf, runSteps } from '@objectstack/spec/shared';
import { MigrationPlanSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/database.js';
import { prepareRichPlan } from '../../../test/rich-plans.js';
import { parsePlan } from './parse-plan.js';

async function richPlan() {
  const { driver } = await freshDatabase();
  const { plan } = await prepareRichPlan(driver, 'everything at once');
  return JSON.parse(JSON.stringify(plan));
}

describe('parsePlan', () => {
  it('parses like the schema, one item of a list in a step', async () => {
    const plan = await richPlan();
    plan.diff.objects[0].more = 1;
    expect(runSteps(parsePlan(plan))).toEqual(MigrationPlanSchema.parse(plan));
    let count = 0;
    for (const steps = parsePlan(plan); !steps.next().done; ) count++;
    expect(count).toBeGreaterThan(plan.statements.length);
  });

  it('names what is wrong by its path, like the schema', async () => {
    const plan = await richPlan();
    plan.diff.owner = '';
    plan.diff.fields[1].risk = 'none';
    plan.statements[2].sql = 5;
    const { error } = MigrationPlanSchema.safeParse(plan);
    const places = (issues: readonly { path: string }[]) => issues.map(({ path }) => path).sort();
    const expected = places(error ? issuesOf(error, { schema: MigrationPlanSchema, value: plan }) : []);
    expect(places(runSteps(parsePlan(plan)) as { path: string }[])).toEqual(expected);
    for (const value of [null, 1, [], {}, { diff: null }, { ...plan, statements: {} }])
      expect(runSteps(parsePlan(value))).not.toEqual([]);
  });
});
