import * as drivers from '@objectstack/spec/drivers';
import { isPlainObject } from '@objectstack/spec/shared';
import { POSTGRES_CAPABILITIES } from '../capabilities.js';
import { driverError } from '../driver-error.js';
import type { Column, ObjectTable, TableField } from '../schema/object-table.js';

export type ParsedQuery = drivers.ParsedQuery;

export const invalidQuery = (path: string) => driverError('invalid_query', { path });

/** Parses a query, except for its filters and expansions. Throws `invalid_query` and `not_supported`. */
export const parseQuery = (table: ObjectTable, query: unknown): ParsedQuery =>
  drivers.parseQuery(table, query, POSTGRES_CAPABILITIES);

/** Parses a query that consists of a filter only. */
export const parseFilterOnly = (table: ObjectTable, query: unknown): ParsedQuery =>
  drivers.parseFilterOnly(table, query, POSTGRES_CAPABILITIES);

const ROWS = ['aggregations', 'groupBy', 'having', 'distinct'] as const;

/** The first key that makes the query return rows of values. */
export const rowsKey = (query: unknown): (typeof ROWS)[number] | undefined =>
  isPlainObject(query) ? ROWS.find((key) => query[key] !== undefined && query[key] !== false) : undefined;

/** A field with a column. Throws `invalid_query` with the path if there is none of this name. */
export function storedField(fields: ReadonlyMap<string, TableField>, name: string, path: string): Column {
  const field = fields.get(name);
  if (!field?.column) throw invalidQuery(path);
  return { ...field, column: field.column };
}

/** A stored field that can be compared. */
export function comparableField(fields: ReadonlyMap<string, TableField>, name: string, path: string): Column {
  const field = storedField(fields, name, path);
  if (field.storage.comparand === 'presence') throw invalidQuery(path);
  return field;
}
