import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, FieldChange, PreflightCheck, Table } from '@objectstack/spec/system';
import { columnNamed } from '../../../schema/column-named.js';
import { idTypesAfter } from '../../../schema/id-types-of.js';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { tableOf } from '../../../schema/table-of.js';
import { fillerName } from '../../diff/conversions/filler.js';
import { newTarget, type TablePlan } from '../table/table-plan.js';
import {
  columnFits,
  columnValue,
  isFilledUp,
  isReplaced,
  isUnfilled,
  type Row,
  referencedRecordExists,
  targetIsMissing,
} from '../values/column-value.js';
import { retainedObject, rowBefore, targetBefore } from '../values/row-before.js';
import { countWhere } from './count-where.js';
import { duplicateChecks } from './duplicate-checks.js';
import { type MissingValues, missingValues } from './missing-values.js';
import { ruleChecks } from './rule-checks.js';

interface Condition {
  readonly kind: string;
  readonly condition: string | null;
  readonly what: string;
  readonly stops: PreflightCheck['stops'];
}

/** Conditions for records that prevent the change of a field, or whose data it changes or removes. */
function conditionsOf(diff: DeployDiff, plan: TablePlan, change: FieldChange): Condition[] {
  const { field, former = field } = change;
  const row = rowBefore(diff, plan);
  const is = columnNamed(plan.after, field);
  const gone = plan.removed.find(({ name }) => name === former);
  if (gone) {
    const column = `${quote(plan.before.name)}.${quote(gone.name)}`;
    return [
      {
        kind: 'removed',
        condition: `${column} IS NOT NULL`,
        what: `whose ${field} is removed`,
        stops: 'unless_allowed',
      },
    ];
  }
  if (!is) return [];
  const fits = columnFits(plan, field, row);
  const target = newTarget(plan, field);
  const value = columnValue(plan, field, row);
  return [
    {
      kind: 'filled',
      condition: change.after && !diff.restores ? isFilledUp(plan, field, row) : null,
      what: `without a value for ${field}, which get its ${change.after ? fillerName(change.after) : ''}`,
      stops: 'never',
    },
    {
      kind: 'replaced',
      condition: diff.restores ? null : isReplaced(plan, field, row),
      what: `whose ${field} is replaced by the table of its backfill`,
      stops: 'never',
    },
    {
      kind: 'misfits',
      condition: fits && `NOT ${fits}`,
      what: `whose ${field} cannot be converted`,
      stops: 'unless_allowed',
    },
    {
      kind: 'empty',
      condition: isUnfilled(plan, is, row),
      what: `that would have no value for ${field}`,
      stops: 'always',
    },
    {
      kind: 'orphans',
      // NOT EXISTS would nest some restored values deeper than SQLite allows.
      condition:
        target === undefined ? null : `(${value}) IS NOT NULL AND ${isNoIdIn(diff, row, { target, value })}`,
      what: `whose ${field} refers to a missing record`,
      stops: 'always',
    },
    {
      kind: 'lost',
      condition: targetIsMissing(plan, field, row),
      what: `whose ${field} cannot be restored, because the record it referred to was deleted`,
      stops: 'never',
    },
  ];
}

/** A text such as `05` is not the integer id 5, to which SQLite compares it as equal. */
function isNoIdIn(diff: DeployDiff, row: Row, { target, value }: { target: string; value: string }): string {
  const isInteger = idTypesAfter(diff).get(target) === 'integer';
  const compared = (sql: string) => (isInteger ? `CAST(${sql} AS TEXT)` : sql);
  return `${compared(`(${value})`)} NOT IN (SELECT ${compared('id')} FROM ${row.target(target)})`;
}

function fieldChecks(diff: DeployDiff, plan: TablePlan): PreflightCheck[] {
  const { before, after, fields } = plan;
  return fields.flatMap((change) =>
    conditionsOf(diff, plan, change).flatMap(({ kind, condition, what, stops }): PreflightCheck[] =>
      condition
        ? [
            {
              id: `${kind}:${after.name}.${change.field}`,
              changeId: change.id,
              sql: countWhere(quote(before.name), condition),
              args: [],
              stops,
              explanation: `Records of ${after.name} ${what}.`,
            },
          ]
        : [],
    ),
  );
}

const missingCheck = (
  diff: DeployDiff,
  { change: { id: changeId, object, field }, table, condition }: MissingValues,
): PreflightCheck => ({
  id: `missing:${object}.${field}`,
  changeId,
  sql: countWhere(table, condition),
  args: [],
  stops: diff.restores ? 'never' : 'unless_allowed',
  explanation: `Records of ${object} without a value for ${field}, which becomes required.`,
});

const removedRecords = ({ name }: Table): PreflightCheck => ({
  id: `removed:${name}`,
  changeId: `remove_object:${name}`,
  sql: countWhere(quote(name), 'true'),
  args: [],
  stops: 'unless_allowed',
  explanation: `Records of ${name}, which is removed.`,
});

/** Checks for lookups of restored records whose target was deleted in the meantime. */
function lostLookups(diff: DeployDiff): PreflightCheck[] {
  const known = idTypesAfter(diff);
  return diff.objects.flatMap(({ change, id: changeId, object, after }): PreflightCheck[] => {
    const retained = retainedObject(diff, object);
    if (change !== 'added' || !after || !retained) return [];
    return tableOf(after, known).foreignKeys.flatMap(({ columns: [field = ''], table }): PreflightCheck[] => {
      const value = `${quote(retained.name)}.${quote(field)}`;
      const condition = `${value} IS NOT NULL AND NOT ${referencedRecordExists(value, targetBefore(diff, table))}`;
      const explanation = `Records of ${object} whose ${field} cannot be restored, because the record it referred to was deleted.`;
      return [
        {
          id: `lost:${object}.${field}`,
          changeId,
          sql: countWhere(quote(retained.name), condition),
          args: [],
          stops: after.fields[field]?.storage?.notNull ? 'always' : 'never',
          explanation,
        },
      ];
    });
  });
}

/** Queries that count the records that prevent a plan or whose data it changes or removes. */
export function* preflightOf(diff: DeployDiff, tables: readonly TablePlan[]): Steps<PreflightCheck[]> {
  return [
    ...diff.removed.map(removedRecords),
    ...lostLookups(diff),
    ...(yield* flatMapSteps(tables, (plan) => [...duplicateChecks(diff, plan), ...fieldChecks(diff, plan)])),
    ...(yield* missingValues(diff, tables)).map((missing) => missingCheck(diff, missing)),
    ...(yield* ruleChecks(diff, tables)),
  ];
}
