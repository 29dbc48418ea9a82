import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** Whether a row with the columns `created_at` and `id` follows a position in a list with the latest row first. */
export function createdBefore({ createdAt, id }: { createdAt: string; id: string }): RawBuilder<SqlBool> {
  return sql<SqlBool>`(created_at < ${createdAt} or (created_at = ${createdAt} and id < ${id}))`;
}
