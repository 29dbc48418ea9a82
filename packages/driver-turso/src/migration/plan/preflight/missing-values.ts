import { type Field, storageOf } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, FieldChange } from '@objectstack/spec/system';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { requiredRule } from '../../diff/stricter-rules.js';
import type { Draft } from '../draft/draft.js';
import type { TablePlan } from '../table/table-plan.js';
import { columnValue } from '../values/column-value.js';
import { rowBefore } from '../values/row-before.js';

/** Condition for records that would have no value in a field that becomes required. */
export interface MissingValues {
  readonly change: FieldChange;
  /** Quoted name of the table before the migration. */
  readonly table: string;
  readonly condition: string;
}

const storedOnly = (field: Field | undefined) => (field && storageOf(field).column ? field : undefined);

/** One for each newly required field of a remaining object, even if its table does not change. */
export function* missingValues(diff: DeployDiff, tables: readonly TablePlan[]): Steps<MissingValues[]> {
  const plans = new Map(tables.map((table) => [table.after.name, table]));
  return yield* flatMapSteps(diff.fields, (change): MissingValues[] => {
    const after = storedOnly(change.after);
    const [rule] = after ? requiredRule(storedOnly(change.before), after) : [];
    if (!rule) return [];
    const plan = plans.get(change.object);
    const table = quote(plan?.before.name ?? change.object);
    const value = plan
      ? columnValue(plan, change.field, rowBefore(diff, plan))
      : `${table}.${quote(change.field)}`;
    return [{ change, table, condition: rule.breaks(value) }];
  });
}

/**
 * Assertions that abort the plan if a record has no required value. A rollback only counts such records, because it
 * restores an earlier rule.
 */
export function* assertNoneMissing(diff: DeployDiff, tables: readonly TablePlan[]): Steps<Draft[]> {
  if (diff.restores) return [];
  return (yield* missingValues(diff, tables)).map(
    ({ change: { id, object, field, risk }, table, condition }): Draft => ({
      kind: 'assert',
      changeId: id,
      sql: `SELECT CASE WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${condition}) THEN json_extract('{}', 'OS_VALUE_MISSING') END`,
      risk,
      explanation: `Fails unless every record of ${object} has a value for ${field}, which becomes required.`,
      rollback: [],
    }),
  );
}
