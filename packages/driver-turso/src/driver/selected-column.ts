import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely';
import { quote } from '../schema/quote.js';
import { columnRef } from './column-ref.js';
import type { FieldModel } from './object-model.js';

/** Whether the column contains integers for texts in records. */
export const isIntegerIdField = ({ storage }: Pick<FieldModel, 'storage'>): boolean =>
  storage.encoding === 'integer_id';

/** The SQL that a query returns for a column. Integer ids become texts, because a JavaScript number has only 53 bits. */
export const selectedColumn = (field: FieldModel): string => {
  const column = quote(field.name);
  return isIntegerIdField(field) ? `cast(${column} as text) as ${column}` : column;
};

/** Like {@link selectedColumn}, for the query builder. */
export const selection = (field: FieldModel): string | AliasedRawBuilder<unknown, string> =>
  isIntegerIdField(field) ? sql`cast(${sql.ref(field.name)} as text)`.as(field.name) : field.name;

/** The column in ORDER BY, where the bare name of an integer id would be that of the returned text. */
export const orderRef = (table: string, field: FieldModel): RawBuilder<unknown> =>
  isIntegerIdField(field) ? sql`${sql.ref(`${table}.${field.name}`)}` : columnRef(field);
