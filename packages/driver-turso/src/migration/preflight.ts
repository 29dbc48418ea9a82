import type { IDataDriver } from '@objectstack/spec/contracts';
import type {
  DeployDiff,
  FieldChange,
  MigrationPlan,
  PreflightCheck,
  PreflightFinding,
  Table,
  TableIndex,
} from '@objectstack/spec/system';
import { quote } from '../schema/identifier.js';
import { tableOf } from '../schema/object-table.js';
import { columnFits, columnValue, isUnfilled, refersToOne, targetIsGone } from './column-value.js';
import { keptWhole, rowBefore, targetBefore } from './row-before.js';
import { columnNamed, foreignKeyOn, type TablePlan } from './table-plan.js';

const MOST_SAMPLES = 5;

/** Counts the records for which the condition holds, and shows some of their ids. */
function countWhere(table: string, condition: string): string {
  const from = `FROM ${quote(table)} WHERE ${condition}`;
  const samples = `SELECT json_group_array(id) FROM (SELECT id ${from} ORDER BY id LIMIT ${MOST_SAMPLES})`;
  return `SELECT count(*) AS "rows", (${samples}) AS samples ${from}`;
}

/** A number on its own would stand for a column of the result in GROUP BY. */
const asTerm = (value: string) => (Number.isNaN(Number(value)) ? value : `coalesce(${value}, NULL)`);

function duplicates(diff: DeployDiff, plan: TablePlan, index: TableIndex): string {
  const row = rowBefore(diff, plan);
  const values = index.columns.map(({ name }) => asTerm(columnValue(plan, name ?? '', row)));
  const keys = values.map(
    (value, place) => `(${value}) COLLATE ${index.columns[place]?.collation ?? 'BINARY'}`,
  );
  const filled = values.map((value) => `(${value}) IS NOT NULL`).join(' AND ');
  const table = plan.before.name;
  const shared = `SELECT ${keys.join(', ')} FROM ${quote(table)} WHERE ${filled} GROUP BY ${keys.join(', ')} HAVING count(*) > 1`;
  return countWhere(table, `(${keys.join(', ')}) IN (${shared})`);
}

/** Unique indexes over columns that will hold something. */
function uniqueChecks(diff: DeployDiff, plan: TablePlan): PreflightCheck[] {
  const row = rowBefore(diff, plan);
  return diff.indexes.flatMap(({ id: changeId, object, before, after }): PreflightCheck[] => {
    if (object !== plan.after.name || before || !after?.unique) return [];
    if (after.columns.some(({ name }) => columnValue(plan, name ?? '', row) === 'NULL')) return [];
    const fields = after.columns.map(({ name }) => name).join(', ');
    return [
      {
        id: `duplicates:${after.name}`,
        changeId,
        sql: duplicates(diff, plan, after),
        args: [],
        stops: 'always',
        explanation: `Records of ${object} that share ${fields}.`,
      },
    ];
  });
}

interface Hindrance {
  readonly kind: string;
  readonly condition: string | null;
  readonly what: string;
  readonly stops: PreflightCheck['stops'];
}

/** A foreign key that the column did not have before. */
function newTarget({ base, after }: TablePlan, field: string): string | undefined {
  const key = foreignKeyOn(after, field);
  if (!columnNamed(base, field) || foreignKeyOn(base, field)?.table === key?.table) return undefined;
  return key?.table;
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
  const found =
    target && `EXISTS (SELECT 1 FROM ${row.target(target)} AS _os_target WHERE _os_target.id = ${value})`;
  return [
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
      condition: found ? `(${value}) IS NOT NULL AND NOT ${found}` : null,
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
              sql: countWhere(before.name, condition),
              args: [],
              stops,
              explanation: `Records of ${after.name} ${what}.`,
            },
          ]
        : [],
    ),
  );
}

const removedRecords = ({ name }: Table): PreflightCheck => ({
  id: `removed:${name}`,
  changeId: `remove_object:${name}`,
  sql: countWhere(name, 'true'),
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
          sql: countWhere(kept.name, condition),
          args: [],
          stops: after.fields[field]?.storage?.notNull ? 'always' : 'never',
          explanation,
        },
      ];
    });
  });
}

/** Queries that count what is in the way of a plan. */
export function preflightOf(diff: DeployDiff, tables: readonly TablePlan[]): PreflightCheck[] {
  return [
    ...diff.removed.map(removedRecords),
    ...lostLookups(diff),
    ...tables.flatMap((plan) => [...uniqueChecks(diff, plan), ...fieldChecks(diff, plan)]),
  ];
}

function samplesOf(value: unknown): string[] {
  const ids: unknown = typeof value === 'string' ? JSON.parse(value) : [];
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** See {@link ISchemaDiffService.runPreflight}. */
export async function runPreflight(driver: IDataDriver, plan: MigrationPlan): Promise<PreflightFinding[]> {
  if (plan.preflight.length === 0) return [];
  const results = await driver.executeAtomic(plan.preflight, { mode: 'read' });
  return plan.preflight.map(({ id }, index) => {
    const row = results[index]?.rows[0];
    return { checkId: id, rows: Number(row?.rows ?? 0), samples: samplesOf(row?.samples) };
  });
}
