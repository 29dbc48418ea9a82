import { ObjectStackError } from '@objectstack/spec/shared';

const MISSING = /^no such (table|column): (?:main\.)?([\w.]+)|^table (\w+) has no column named /;

/** Whether a statement failed because a table or column is missing; if tables are given, only for these. */
export function lacksTables(error: unknown, tables?: ReadonlySet<string>): boolean {
  if (!ObjectStackError.isInstance(error) || error.code !== 'sql_error') return false;
  const [found, , name = '', changed = ''] = MISSING.exec(String(error.details.reason)) ?? [];
  return found !== undefined && (tables === undefined || tables.has(name) || tables.has(changed));
}
