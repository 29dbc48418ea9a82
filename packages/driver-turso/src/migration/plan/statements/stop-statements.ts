import type { DeployDiff } from '@objectstack/spec/system';
import { quote } from '../../../schema/quote.js';
import type { Draft } from '../draft/draft.js';
import { changeTo, newTarget, type TablePlan } from '../table/table-plan.js';
import { columnFits, refersToOne } from '../values/column-value.js';
import { rowBefore } from '../values/row-before.js';

/** Stops the plan where a value would be lost. */
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
        explanation: `Stops unless every value of ${name} can become what the field is to hold.`,
        rollback: [],
      },
    ];
  });
}

/** Stops the plan where a new foreign key, or a value that fills records, would refer to nothing; the database does not ask while keys are off. */
export function checkReferences(plan: TablePlan): Draft[] {
  const { after, fields } = plan;
  const table = quote(after.name);
  return fields.flatMap(({ field, id: changeId, risk }): Draft[] => {
    const target = newTarget(plan, field);
    if (!target) return [];
    const value = `${table}.${quote(field)}`;
    const orphan = `SELECT 1 FROM ${table} WHERE ${value} IS NOT NULL AND NOT ${refersToOne(value, quote(target))}`;
    return [
      {
        kind: 'check_references',
        changeId,
        sql: `SELECT CASE WHEN EXISTS (${orphan}) THEN json_extract('{}', 'OS_FOREIGN_KEY_BROKEN') END`,
        risk,
        explanation: `Stops unless every ${field} of ${after.name} refers to a record of ${target}.`,
        rollback: [],
      },
    ];
  });
}
