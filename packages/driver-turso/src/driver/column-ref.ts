import { type RawBuilder, sql } from 'kysely';
import type { FieldModel } from './object-model.js';

type ColumnField = Pick<FieldModel, 'name' | 'ignoresCase'>;

/** A column with the collation of its field, so that all comparisons of its values agree. */
export function columnRef({ name, ignoresCase }: ColumnField): RawBuilder<unknown> {
  return ignoresCase ? sql`${sql.ref(name)} collate nocase` : sql`${sql.ref(name)}`;
}

/** A text to search in or to search for. SQLite's `lower` folds the letters A to Z, as NOCASE does. */
export function searched({ ignoresCase }: ColumnField, text: RawBuilder<unknown>): RawBuilder<unknown> {
  return ignoresCase ? sql`lower(${text})` : text;
}
