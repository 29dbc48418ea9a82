import { quote } from '../../../schema/quote.js';
import type { Draft } from '../draft/draft.js';
import { newTarget, type TablePlan } from '../table/table-plan.js';
import { referencedRecordExists } from '../values/column-value.js';

/**
 * Assertions that abort the plan if a value refers to a missing record. The database does not check this while foreign
 * keys are disabled.
 */
export function checkReferences(plan: TablePlan): Draft[] {
  const { after, fields } = plan;
  const table = quote(after.name);
  return fields.flatMap(({ field, id: changeId, risk }): Draft[] => {
    const target = newTarget(plan, field);
    if (!target) return [];
    const value = `${table}.${quote(field)}`;
    const orphan = `SELECT 1 FROM ${table} WHERE ${value} IS NOT NULL AND NOT ${referencedRecordExists(value, quote(target))}`;
    return [
      {
        kind: 'check_references',
        changeId,
        sql: `SELECT CASE WHEN EXISTS (${orphan}) THEN json_extract('{}', 'OS_FOREIGN_KEY_BROKEN') END`,
        risk,
        explanation: `Fails unless every ${field} of ${after.name} refers to a record of ${target}.`,
        rollback: [],
      },
    ];
  });
}
