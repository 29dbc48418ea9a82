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

/** Records that would be without a value in a field that requires one from now on. */
export interface MissingValues {
  readonly change: FieldChange;
  /** The table as it is called before anything has happened, in quotes. */
  readonly table: string;
  readonly condition: string;
}

const storedOnly = (field: Field | undefined) => (field && storageOf(field).column ? field : undefined);

/** One for each field of an object that stays, whether or not its table changes. */
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

/** Stops the plan where a record would be without a required value. A rollback only counts them: its rule was in force before. */
export function* assertNoneMissing(diff: DeployDiff, tables: readonly TablePlan[]): Steps<Draft[]> {
  if (diff.restores) return [];
  return (yield* missingValues(diff, tables)).map(
    ({ change: { id, object, field, risk }, table, condition }): Draft => ({
      kind: 'assert',
      changeId: id,
      sql: `SELECT CASE WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${condition}) THEN json_extract('{}', 'OS_VALUE_MISSING') END`,
      risk,
      explanation: `Stops unless every record of ${object} has a value for ${field}, which is required from now on.`,
      rollback: [],
    }),
  );
}
