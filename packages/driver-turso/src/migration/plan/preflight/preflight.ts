import { storageOf } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, FieldChange, PreflightCheck, Table } from '@objectstack/spec/system';
import { columnNamed } from '../../../schema/column-named.js';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { tableOf } from '../../../schema/table-of.js';
import { fillerName } from '../../diff/conversions/filler.js';
import { stricterRules } from '../../diff/stricter-rules.js';
import { newTarget, type TablePlan } from '../table/table-plan.js';
import {
  columnFits,
  columnValue,
  isFilledUp,
  isUnfilled,
  refersToOne,
  targetIsGone,
} from '../values/column-value.js';
import { keptWhole, rowBefore, targetBefore } from '../values/row-before.js';
import { countWhere } from './count-where.js';
import { duplicateChecks } from './duplicate-checks.js';
import { type MissingValues, missingValues } from './missing-values.js';

interface Hindrance {
  readonly kind: string;
  readonly condition: string | null;
  readonly what: string;
  readonly stops: PreflightCheck['stops'];
}

/** Why the change of one field may fail or what it takes away: what a record must not be like, and how that is called. */
function hindrances(diff: DeployDiff, plan: TablePlan, change: FieldChange): Hindrance[] {
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
        what: `whose ${field} is taken away`,
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
      kind: 'misfits',
      condition: fits && `NOT ${fits}`,
      what: `whose ${field} does not fit`,
      stops: 'unless_allowed',
    },
    {
      kind: 'empty',
      condition: isUnfilled(plan, is, row),
      what: `that would have no ${field}`,
      stops: 'always',
    },
    {
      kind: 'orphans',
      // NOT EXISTS would nest the value deeper than some that come back can be.
      condition: target
        ? `(${value}) IS NOT NULL AND (${value}) NOT IN (SELECT id FROM ${row.target(target)})`
        : null,
      what: `whose ${field} refers to nothing`,
      stops: 'always',
    },
    {
      kind: 'lost',
      condition: targetIsGone(plan, field, row),
      what: `whose ${field} does not come back, because what it referred to is gone`,
      stops: 'never',
    },
  ];
}

function fieldChecks(diff: DeployDiff, plan: TablePlan): PreflightCheck[] {
  const { before, after, fields } = plan;
  return fields.flatMap((change) =>
    hindrances(diff, plan, change).flatMap(({ kind, condition, what, stops }): PreflightCheck[] =>
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

/** Records that were right before and are not by the new rules, whether or not their table changes. */
function* ruleChecks(diff: DeployDiff, tables: readonly TablePlan[]): Steps<PreflightCheck[]> {
  const plans = new Map(tables.map((table) => [table.after.name, table]));
  return yield* flatMapSteps(
    diff.fields,
    ({ id: changeId, object, field, before, after }): PreflightCheck[] => {
      if (!before || !after || storageOf(after).column === null || storageOf(before).column === null)
        return [];
      const plan = plans.get(object);
      const table = quote(plan?.before.name ?? object);
      const value = plan ? columnValue(plan, field, rowBefore(diff, plan)) : `${table}.${quote(field)}`;
      return stricterRules(before, after).flatMap(({ kind, breaks, what }): PreflightCheck[] => {
        if (!breaks || kind === 'missing') return [];
        const explanation = `Records of ${object} whose ${field} ${what} by the new rule.`;
        const sql = countWhere(table, breaks(value));
        return [{ id: `${kind}:${object}.${field}`, changeId, sql, args: [], stops: 'never', explanation }];
      });
    },
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
  explanation: `Records of ${object} without a value for ${field}, which is required from now on.`,
});

const removedRecords = ({ name }: Table): PreflightCheck => ({
  id: `removed:${name}`,
  changeId: `remove_object:${name}`,
  sql: countWhere(quote(name), 'true'),
  args: [],
  stops: 'unless_allowed',
  explanation: `Records of ${name}, which are taken away.`,
});

/** Lookups of records that come back whose target was deleted meanwhile. */
function lostLookups(diff: DeployDiff): PreflightCheck[] {
  const known = new Set(diff.knownObjects);
  return diff.objects.flatMap(({ change, id: changeId, object, after }): PreflightCheck[] => {
    const kept = keptWhole(diff, object);
    if (change !== 'added' || !after || !kept) return [];
    return tableOf(after, known).foreignKeys.flatMap(({ columns: [field = ''], table }): PreflightCheck[] => {
      const value = `${quote(kept.name)}.${quote(field)}`;
      const condition = `${value} IS NOT NULL AND NOT ${refersToOne(value, targetBefore(diff, table))}`;
      const explanation = `Records of ${object} whose ${field} does not come back, because what it referred to is gone.`;
      return [
        {
          id: `lost:${object}.${field}`,
          changeId,
          sql: countWhere(quote(kept.name), condition),
          args: [],
          stops: after.fields[field]?.storage?.notNull ? 'always' : 'never',
          explanation,
        },
      ];
    });
  });
}

/** Queries that count what is in the way of a plan. */
export function* preflightOf(diff: DeployDiff, tables: readonly TablePlan[]): Steps<PreflightCheck[]> {
  return [
    ...diff.removed.map(removedRecords),
    ...lostLookups(diff),
    ...(yield* flatMapSteps(tables, (plan) => [...duplicateChecks(diff, plan), ...fieldChecks(diff, plan)])),
    ...(yield* missingValues(diff, tables)).map((missing) => missingCheck(diff, missing)),
    ...(yield* ruleChecks(diff, tables)),
  ];
}
