import type { Field } from '@objectstack/spec/data';

/** Declared types that say more than the affinity that SQLite derives from them. */
const BY_NAME: Readonly<Record<string, Field['type']>> = {
  BOOL: 'boolean',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATETIME: 'datetime',
  JSON: 'json',
  JSONB: 'json',
  TIME: 'time',
  TIMESTAMP: 'datetime',
  TIMESTAMPTZ: 'datetime',
};

/** Type of a field for the declared type of a column, with its length if one is declared; undefined for binary data. */
export function fieldTypeOf(declared: string): Pick<Field, 'type' | 'maxLength'> | undefined {
  const [, name = '', length] = /^([^(]*)(?:\(\s*(\d+)\s*\))?/.exec(declared.toUpperCase()) ?? [];
  const base = name.trim();
  const known = BY_NAME[base];
  if (known) return { type: known };
  if (base.includes('INT')) return { type: 'number' };
  if (/CHAR|CLOB|TEXT|UUID/.test(base)) {
    const isBounded = length !== undefined && Number(length) > 0;
    return { type: 'text', ...(isBounded && { maxLength: Number(length) }) };
  }
  if (base === '' || base.includes('BLOB')) return undefined;
  return { type: 'number' };
}
