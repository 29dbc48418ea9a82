import type { IDataDriver } from '@objectstack/spec/contracts';
import type {
  DeployDiff,
  MigrationPlan,
  PreflightCheck,
  PreflightFinding,
  TableIndex,
} from '@objectstack/spec/system';
import { quote } from '../schema/identifier.js';
import { fillerOf } from './rebuild-table.js';
import { renamed } from './rename-table.js';
import { renamedObjects } from './renamed-columns.js';
import { columnNamed, foreignKeyOn, type TablePlan } from './table-plan.js';

const MOST_SAMPLES = 5;

const backwards = (names: ReadonlyMap<string, string>) => new Map([...names].map(([from, to]) => [to, from]));

/** Counts the records for which the condition holds, and shows some of their ids. */
function countWhere(table: string, condition: string): string {
  const from = `FROM ${quote(table)} WHERE ${condition}`;
  const samples = `SELECT json_group_array(id) FROM (SELECT id ${from} ORDER BY id LIMIT ${MOST_SAMPLES})`;
  return `SELECT count(*) AS "rows", (${samples}) AS samples ${from}`;
}

/** What a column will hold, in terms of the table as it is; nothing where a value does not fit, which is counted elsewhere. */
function futureValue({ before, columns, conversions }: TablePlan, name: string): string {
  const column = `${quote(before.name)}.${quote(renamed(backwards(columns), name))}`;
  const conversion = conversions.get(name);
  if (!conversion) return column;
  const fits = conversion.fits ? ` AND (${conversion.fits(column)})` : '';
  return `CASE WHEN ${column} IS NOT NULL${fits} THEN ${conversion.value(column)} END`;
}

function duplicates(plan: TablePlan, index: TableIndex): string {
  const values = index.columns.map(({ name }) => futureValue(plan, name ?? ''));
  const keys = values.map(
    (value, place) => `(${value}) COLLATE ${index.columns[place]?.collation ?? 'BINARY'}`,
  );
  const filled = values.map((value) => `(${value}) IS NOT NULL`).join(' AND ');
  const table = plan.before.name;
  const shared = `SELECT ${keys.join(', ')} FROM ${quote(table)} WHERE ${filled} GROUP BY ${keys.join(', ')} HAVING count(*) > 1`;
  return countWhere(table, `(${keys.join(', ')}) IN (${shared})`);
}

/** Unique indexes over columns that were there before. */
function uniqueChecks(diff: DeployDiff, plan: TablePlan): PreflightCheck[] {
  const added = new Set(plan.added.map(({ name }) => name));
  return diff.indexes.flatMap(({ id: changeId, object, before, after }): PreflightCheck[] => {
    if (object !== plan.after.name || before || !after?.unique) return [];
    if (after.columns.some(({ name }) => added.has(name ?? ''))) return [];
    const fields = after.columns.map(({ name }) => name).join(', ');
    const explanation = `Records of ${object} that share ${fields}.`;
    return [
      { id: `duplicates:${after.name}`, changeId, sql: duplicates(plan, after), args: [], explanation },
    ];
  });
}

/** Why the change of one field may fail: what a record must not be like, and how that is called. */
function hindrances(
  diff: DeployDiff,
  plan: TablePlan,
  field: string,
): { kind: string; condition: string; what: string }[] {
  const { base, after, columns, conversions, fields, before } = plan;
  const [was, is] = [columnNamed(base, field), columnNamed(after, field)];
  if (!is) return [];
  if (!was) {
    const isFilled = !is.notNull || fillerOf(fields, is) !== null;
    return isFilled ? [] : [{ kind: 'empty', condition: 'true', what: `that would have no ${field}` }];
  }
  const value = futureValue(plan, field);
  const column = quote(renamed(backwards(columns), field));
  const fits = conversions.get(field)?.fits;
  const misfit = fits && `${column} IS NOT NULL AND NOT (${fits(column)})`;
  const key = foreignKeyOn(after, field);
  const target = key && foreignKeyOn(base, field)?.table !== key.table ? key.table : undefined;
  const isNew = diff.objects.some(({ change, object }) => change === 'added' && object === target);
  const targets = quote(renamed(backwards(renamedObjects(diff)), target ?? before.name));
  const found = isNew
    ? 'false'
    : `EXISTS (SELECT 1 FROM ${targets} AS _os_target WHERE _os_target.id = ${value})`;
  const canBeEmptied = is.notNull && (!was.notNull || conversions.has(field));
  return [
    ...(misfit ? [{ kind: 'misfits', condition: misfit, what: `whose ${field} does not fit` }] : []),
    ...(canBeEmptied
      ? [{ kind: 'empty', condition: `(${value}) IS NULL`, what: `that have no ${field}` }]
      : []),
    ...(target
      ? [
          {
            kind: 'orphans',
            condition: `(${value}) IS NOT NULL AND NOT ${found}`,
            what: `whose ${field} refers to nothing`,
          },
        ]
      : []),
  ];
}

function fieldChecks(diff: DeployDiff, plan: TablePlan): PreflightCheck[] {
  const { before, after, fields } = plan;
  return fields.flatMap(({ id: changeId, field }) =>
    hindrances(diff, plan, field).map(({ kind, condition, what }): PreflightCheck => {
      const explanation = `Records of ${after.name} ${what}.`;
      return {
        id: `${kind}:${after.name}.${field}`,
        changeId,
        sql: countWhere(before.name, condition),
        args: [],
        explanation,
      };
    }),
  );
}

/** Queries that count what is in the way of a plan. */
export function preflightOf(diff: DeployDiff, tables: readonly TablePlan[]): PreflightCheck[] {
  return tables.flatMap((plan) => [...uniqueChecks(diff, plan), ...fieldChecks(diff, plan)]);
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
