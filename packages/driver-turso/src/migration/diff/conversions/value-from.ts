import { backfillKey, type Field, type FieldEncoding } from '@objectstack/spec/data';
import { textLiteral } from '../../../schema/text-literal.js';
import { sqlLiteralOf } from './sql-literal-of.js';

type Values = Readonly<Record<string, unknown>>;

/** SQL of a value of a record, and the encoding with which it is stored. */
export interface StoredSql {
  readonly sql: string;
  readonly encoding: FieldEncoding;
}

/** SQL of the stored values that the keys of a table name, with the values that replace them. */
function named(values: Values, encoding: FieldEncoding): [stored: string, value: unknown][] {
  return Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const stored = backfillKey(encoding, key);
    if (stored === undefined) return [];
    return [[typeof stored === 'string' ? textLiteral(stored) : String(stored), value]];
  });
}

/** SQL of the value in a table of values for a stored value; `otherwise` if the table does not name the stored value. */
export function valueFrom(
  field: Field,
  values: Values,
  { sql, encoding }: StoredSql,
  otherwise = 'NULL',
): string {
  const branches = named(values, encoding).map(
    ([stored, value]) => `WHEN ${stored} THEN ${sqlLiteralOf(field, value)}`,
  );
  return branches.length === 0 ? otherwise : `CASE ${sql} ${branches.join(' ')} ELSE ${otherwise} END`;
}

/** Condition that a table of values names the stored value. */
export function isNamed(values: Values, { sql, encoding }: StoredSql): string {
  const stored = named(values, encoding).map(([text]) => text);
  return `${sql} IN (${stored.join(', ')})`;
}
