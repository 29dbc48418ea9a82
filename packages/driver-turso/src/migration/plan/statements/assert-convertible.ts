import type { DeployDiff } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import type { Draft } from '../draft/draft.js';
import { changeTo, type TablePlan } from '../table/table-plan.js';
import { columnFits } from '../values/column-value.js';
import { rowBefore } from '../values/row-before.js';

/** Assertions that abort the plan if a value cannot be converted. */
export function assertConvertible(diff: DeployDiff, plan: TablePlan): Draft[] {
  const { before, conversions } = plan;
  return [...conversions.keys()].flatMap((name): Draft[] => {
    const fits = columnFits(plan, name, rowBefore(diff, plan));
    const change = changeTo(plan, name);
    if (!fits || !change) return [];
    const misfit = `SELECT 1 FROM ${quote(before.name)} WHERE NOT ${fits}`;
    return [
      {
        kind: 'assert',
        changeId: change.id,
        sql: `SELECT CASE WHEN EXISTS (${misfit}) THEN json_extract('{}', 'OS_VALUE_MISFIT') END`,
        risk: change.risk,
        explanation: `Fails unless every value of ${name} can be converted to the new type of the field.`,
        rollback: [],
      },
    ];
  });
}
