import { isPlainObject, LIMITS, toJsonPointer } from '@objectstack/spec/shared';
import { join, type Sql, sql, verbatim } from '../connection/sql.js';
import { driverError } from '../driver-error.js';
import type { Column, TableField } from '../schema/object-table.js';
import { OPERATORS, type Operator } from './operators.js';

const EQUALITY = new Set<string>(['$eq', '$ne', '$in', '$nin', '$null', '$exists']);
const PRESENCE = new Set<string>(['$null', '$exists']);
const OF_LISTS = new Set<string>([...PRESENCE, '$contains', '$notContains']);

const invalid = (path: string) => driverError('invalid_filter', { path });
const within = (path: string, key: string | number) => `${path}${toJsonPointer([key])}`;
const isOperator = (key: string): key is Operator => Object.hasOwn(OPERATORS, key);

const isColumn = (field: TableField): field is Column => field.column !== undefined;

/** Whether an operator applies to a field. */
function applies({ storage, isList }: Column, operator: string, given: unknown): boolean {
  const isNullCheck = given === null && (operator === '$eq' || operator === '$ne');
  if (isList) return isNullCheck || OF_LISTS.has(operator);
  if (storage.comparand === 'presence') return isNullCheck || PRESENCE.has(operator);
  return storage.comparand === 'ordered' || EQUALITY.has(operator);
}

/** Compiles the filter of one object or of rows of values. */
class FilterCompiler {
  readonly #columns: ReadonlyMap<string, Column>;
  #nodes = 0;

  constructor(fields: Iterable<TableField>) {
    this.#columns = new Map([...fields].filter(isColumn).map((field) => [field.name, field]));
  }

  filter(given: unknown, path: string, level: number): Sql {
    if (!isPlainObject(given) || level > LIMITS.maxFilterDepth) throw invalid(path);
    const parts = Object.entries(given).map(([key, value]) => {
      this.#count(path);
      if (key === '$and') return this.#list(value, within(path, key), { level, of: 'AND' });
      if (key === '$or') return this.#list(value, within(path, key), { level, of: 'OR' });
      if (key === '$not') return sql`(${this.filter(value, within(path, key), level + 1)}) IS NOT TRUE`;
      return this.#field(key, value, within(path, key));
    });
    return parts.length === 0 ? verbatim('TRUE') : sql`(${join(parts, ' AND ')})`;
  }

  #list(given: unknown, path: string, { level, of }: { level: number; of: 'AND' | 'OR' }): Sql {
    if (!Array.isArray(given)) throw invalid(path);
    const parts = Array.from(given, (item, index) => {
      this.#count(path);
      return this.filter(item, within(path, index), level + 2);
    });
    if (parts.length === 0) return verbatim(of === 'AND' ? 'TRUE' : 'FALSE');
    return sql`(${join(parts, ` ${of} `)})`;
  }

  #field(key: string, given: unknown, path: string): Sql {
    const field = this.#columns.get(key);
    if (!field) throw invalid(path);
    if (!isPlainObject(given)) return this.#condition(field, '$eq', { given, path });
    const operators = Object.entries(given);
    if (operators.length === 0) throw invalid(path);
    const conditions = operators.map(([operator, value]) => {
      this.#count(path);
      return this.#condition(field, operator, { given: value, path: within(path, operator) });
    });
    return join(conditions, ' AND ');
  }

  #condition(field: Column, operator: string, { given, path }: { given: unknown; path: string }): Sql {
    if (!isOperator(operator) || given === undefined || !applies(field, operator, given)) throw invalid(path);
    return OPERATORS[operator]({ field, columns: this.#columns, given, path });
  }

  #count(path: string): void {
    if (++this.#nodes > LIMITS.maxFilterNodes) throw invalid(path);
  }
}

/**
 * The condition of a filter; `fields` are those that it can name. Throws `invalid_filter` with the path.
 *
 * A comparison with a missing value is unknown in SQL and false in a filter: AND and OR need no care, because an unknown
 * condition selects no record; only negations turn unknown into true.
 */
export const compileFilter = (fields: Iterable<TableField>, filter: unknown, path = '/where'): Sql =>
  new FilterCompiler(fields).filter(filter, path, 0);

/** The condition of an optional filter. */
export const compileWhere = (fields: Iterable<TableField>, filter: unknown): Sql =>
  filter === undefined ? verbatim('TRUE') : compileFilter(fields, filter);
