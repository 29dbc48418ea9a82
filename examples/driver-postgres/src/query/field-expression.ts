import { type FieldEncoding, foldCase } from '@objectstack/spec/data';
import { name, type Sql, sql, verbatim } from '../connection/sql.js';
import type { Column } from '../schema/object-table.js';

/** Types of placeholders: PostgreSQL cannot infer those of all expressions. */
const CASTS: Readonly<Record<FieldEncoding, string>> = {
  text: 'text',
  number: 'float8',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
  time: 'time',
  json: 'text',
  computed: 'text',
};

const folded = (expression: Sql) => sql`lower(${expression})`;

/** The field in the form in which it is compared: the collation of its column folds only A to Z. */
export const compared = ({ name: field, ignoresCase }: Pick<Column, 'name' | 'ignoresCase'>): Sql =>
  ignoresCase ? folded(name(field)) : name(field);

type Comparing = Pick<Column, 'storage' | 'ignoresCase' | 'column'>;

const comparedValue = ({ column, ignoresCase }: Comparing, encoded: string | number) =>
  ignoresCase ? foldCase(String(encoded)) : column.toColumn(encoded);

/** A placeholder for an encoded value that is compared with the field. */
export const operand = (field: Comparing, encoded: string | number): Sql =>
  sql`${comparedValue(field, encoded)}${verbatim(`::${CASTS[field.storage.encoding]}`)}`;

/** One placeholder for a list of encoded values. */
export const operandList = (field: Comparing, encoded: readonly (string | number)[]): Sql =>
  sql`${encoded.map((one) => comparedValue(field, one))}${verbatim(`::${CASTS[field.storage.encoding]}[]`)}`;
