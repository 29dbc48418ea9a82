import type { SqlValue } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { isPlainObject } from '@objectstack/spec/shared';
import { type CompiledQuery, compileFind } from './compile-find.js';
import { encodeComparand, isNoId } from './compile-operator.js';
import type { ObjectModel } from './object-model.js';
import { StatementCache } from './statement-cache.js';

const SIMPLE_KEYS: ReadonlySet<string> = new Set(['where', 'limit']);

const statements = new StatementCache<CompiledQuery>();

type SimpleQuery = { readonly where: Readonly<Record<string, unknown>>; readonly limit: number | undefined };

const isScalar = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** The query if its conditions only compare known fields with values: the common case, which needs no full parsing. */
function asSimple(model: ObjectModel, query: QueryInput): SimpleQuery | null {
  if (!isPlainObject(query)) return null;
  const { where, limit } = query;
  if (!Object.keys(query).every((key) => SIMPLE_KEYS.has(key))) return null;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) return null;
  if (!isPlainObject(where)) return null;
  for (const [name, value] of Object.entries(where)) {
    const field = model.fields.get(name);
    if (!field || field.storage.comparand === 'presence' || !isScalar(value) || isNoId(field, value))
      return null;
  }
  return { where, limit };
}

/** Like {@link compileFind}, but reuses the compiled statement of a query that differs only in values. */
export function prepareFind(model: ObjectModel, query: QueryInput): CompiledQuery {
  const simple = query && asSimple(model, query);
  if (!simple) return compileFind(model, query);
  const args: SqlValue[] = [];
  for (const [name, value] of Object.entries(simple.where)) {
    const field = model.fields.get(name);
    if (field) args.push(encodeComparand({ model, field, path: `/where/${name}` }, value));
  }
  const { statement, columns } = statements.get(model, Object.keys(simple.where).join(), () =>
    compileFind(model, simple as QueryInput),
  );
  return { statement: { sql: statement.sql, args, limit: simple.limit ?? null, offset: null }, columns };
}
