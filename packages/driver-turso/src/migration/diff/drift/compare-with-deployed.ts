import type { Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, Drift, Table } from '@objectstack/spec/system';
import { columnNamed, foreignKeyOn } from '../../../schema/column-named.js';
import { columnSql, createIndexSql, createTableSql } from '../../../schema/create-table-sql.js';
import { isSameJson } from '../../../schema/hash-of.js';
import { INDEX_PREFIX } from '../../../schema/indexes-of.js';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { quote } from '../../../schema/quote.js';
import { structuredTable } from '../../../schema/structured-table.js';
import { isSameTable } from '../../../schema/table-hash.js';
import { projectTable } from './project-table.js';

type Part = Omit<Drift, 'table'>;

const namesOf = (...lists: readonly (readonly { name: string }[])[]) =>
  [...new Set(lists.flat().map(({ name }) => name))].sort();

function columnDrift(live: Table, deployed: Table, name: string): Part[] {
  const [is, was] = [live, deployed].map((table) => columnNamed(table, name));
  const [isKey, wasKey] = [live, deployed].map((table) => foreignKeyOn(table, name));
  const alter = `ALTER TABLE ${quote(live.name)}`;
  if (!is) return [part('DR702', 'column', name, `${alter} DROP COLUMN ${quote(name)}`)];
  const column = columnSql(is, isKey);
  if (!was) return [part('DR701', 'column', name, `${alter} ADD COLUMN ${column}`)];
  if (isSameJson([is, isKey], [was, wasKey])) return [];
  return [part('DR702', 'column', name, `${alter} ALTER COLUMN ${quote(name)} TO ${column}`)];
}

function indexDrift(live: Table, deployed: Table, name: string): Part[] {
  const [is, was] = [live, deployed].map(({ indexes }) => indexes.find((index) => index.name === name));
  if (isSameJson(is ?? null, was ?? null)) return [];
  const drop = was ? [`DROP INDEX ${quote(name)}`] : [];
  const create = is ? [createIndexSql(live.name, is)] : [];
  const code = was || name.startsWith(INDEX_PREFIX) ? 'DR702' : 'DR701';
  return [part(code, 'index', name, ...drop, ...create)];
}

function part(code: Drift['code'], kind: Drift['kind'], name: string, ...statements: string[]): Part {
  return { code, kind, name, statements };
}

/** Whether the table has other table constraints, or an option. */
function hasOtherConstraints(live: Table, deployed: Table): boolean {
  const { sql, constraints = [], strict } = structuredTable(live);
  return sql !== null || strict !== deployed.strict || !isSameJson(constraints, deployed.constraints ?? []);
}

/** Differences of a table from its deployed state. DR702 covers all differences that prevent changing the table. */
function tableDrift(live: Table | undefined, deployed: Table): Drift[] {
  const { name: table } = deployed;
  if (!live) return [{ table, ...part('DR702', 'table', table, `DROP TABLE ${quote(table)}`) }];
  if (isSameTable(live, deployed)) return [];
  const parts = [
    ...namesOf(live.columns, deployed.columns).flatMap((name) => columnDrift(live, deployed, name)),
    ...namesOf(live.indexes, deployed.indexes).flatMap((name) => indexDrift(live, deployed, name)),
    ...live.triggers.map(({ name, sql }) => part('DR701', 'trigger', name, sql)),
  ];
  const isExplained =
    !hasOtherConstraints(live, deployed) &&
    (parts.some(({ code }) => code === 'DR702') || isSameTable(projectTable(live, deployed, deployed), live));
  const rest = isExplained ? [] : [part('DR702', 'table', table, createTableSql(live))];
  return [...rest, ...parts].map((drift) => ({ table, ...drift }));
}

function unmanagedDrift({ tables, views, objects }: CurrentSchema): Drift[] {
  const managed = new Set(objects.map(({ definition }) => definition.name));
  const unmanaged = tables.filter(({ name }) => !managed.has(name));
  return [
    ...unmanaged.map((table): Drift => {
      const indexes = table.indexes.map((index) => createIndexSql(table.name, index));
      const statements = [createTableSql(table), ...indexes, ...table.triggers.map(({ sql }) => sql)];
      return { table: table.name, ...part('DR701', 'table', table.name, ...statements) };
    }),
    ...views.flatMap(({ name: table, sql, triggers }): Drift[] => [
      { table, ...part('DR701', 'view', table, sql) },
      ...triggers.map((trigger) => ({ table, ...part('DR701', 'trigger', trigger.name, trigger.sql) })),
    ]),
  ];
}

/** All drift of a schema; `deployed` are the tables of the objects as they were deployed. */
export function* compareWithDeployed(
  current: CurrentSchema,
  deployed: ReadonlyMap<string, { table: Table }>,
): Steps<Drift[]> {
  const live = new Map(current.tables.map((table) => [table.name, table]));
  return [
    ...(yield* flatMapSteps(deployed.values(), ({ table }) => tableDrift(live.get(table.name), table))),
    ...unmanagedDrift(current),
  ];
}
