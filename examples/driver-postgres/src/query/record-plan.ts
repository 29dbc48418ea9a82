import type { Cursor } from '@objectstack/spec/data';
import { type Expansion, recordShape } from '@objectstack/spec/drivers';
import { POSTGRES_CAPABILITIES } from '../capabilities.js';
import type { Connection } from '../connection/connection.js';
import { join, name, type Sql, sql } from '../connection/sql.js';
import type { Column, ObjectTable } from '../schema/object-table.js';
import type { Schema } from '../schema/schema.js';
import { compileWhere } from './compile-filter.js';
import { expand } from './expand.js';
import { afterPosition, type Criterion, orderClause, orderOf, type Position, positionOf } from './order.js';
import { invalidQuery, parseQuery, rowsKey } from './parse-query.js';
import { requestedColumns, toRecord } from './requested-columns.js';

/** Which records of a query to read. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly after: Position | undefined;
}

/** A checked query for records. */
export interface RecordPlan {
  readonly table: ObjectTable;
  readonly columns: readonly Column[];
  readonly where: Sql;
  readonly order: readonly Criterion[];
  readonly page: Page;
  readonly expansions: readonly Expansion<ObjectTable>[];
}

/** Checks a query for records. Throws `invalid_query`, `invalid_filter` and `not_supported`. */
export function planRecords(schema: Schema, table: ObjectTable, query: unknown): RecordPlan {
  const parsed = parseQuery(table, query);
  const key = rowsKey(parsed);
  if (key) throw invalidQuery(`/${key}`);
  const { cursor, offset = 0, limit, top } = parsed;
  if (cursor && parsed.offset !== undefined) throw invalidQuery('/offset');
  const order = orderOf(table, parsed);
  const context = { models: schema.tables, supports: POSTGRES_CAPABILITIES };
  const shape = recordShape(context, table, parsed);
  return {
    table,
    columns: requestedColumns(table, shape),
    where: compileWhere(table.fields.values(), parsed.where),
    order,
    page: {
      limit: limit ?? top ?? Number.POSITIVE_INFINITY,
      offset,
      after: cursor && positionOf(order, cursor),
    },
    expansions: shape.expansions,
  };
}

/** Columns of the plan and those that it is sorted by. */
const readColumns = ({ columns, order }: RecordPlan) => [
  ...new Set([...columns.map((column) => column.name), ...order.map(({ field }) => field.name)]),
];

/** The statement of a plan. */
export function selectStatement(plan: RecordPlan, { limit, offset, after }: Page = plan.page): Sql {
  const { table, where, order } = plan;
  const condition = after ? sql`${where} AND ${afterPosition(order, after)}` : where;
  const start = sql`SELECT ${join(readColumns(plan).map(name))} FROM ${name(table.name)} WHERE ${condition}`;
  const sorted = sql`${start}${orderClause(order)} OFFSET ${offset}::bigint`;
  return Number.isFinite(limit) ? sql`${sorted} LIMIT ${limit}::bigint` : sorted;
}

/** The records of a page, and the position of the last one. */
export async function readPage(connection: Connection, plan: RecordPlan, page = plan.page) {
  const { rows } = await connection.query(selectStatement(plan, page));
  const sortFields = plan.order.map(({ field }) => field);
  const last = rows.at(-1);
  const records = rows.map((row) => toRecord(plan.columns, row));
  await expand(connection, records, plan.expansions);
  return { records, position: last && positionOf(plan.order, toRecord(sortFields, last) as Cursor) };
}
