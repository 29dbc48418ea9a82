import { type Kysely, sql } from 'kysely';
import type { RegistryTables } from './registry-tables.js';

type Database = Kysely<RegistryTables>;

/** Null if the row exists and its lease has not ended: then the conflict updates nothing. */
export async function takeWorkLease(
  db: Database,
  name: string,
  { now, until }: { now: string; until: string },
): Promise<number | null> {
  const row = await db
    .insertInto('_os_control_lease')
    .values({ name, token: 1, lease_until: until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ token: sql<number>`_os_control_lease.token + 1`, lease_until: until })
        .where('_os_control_lease.lease_until', '<=', now),
    )
    .returning('token')
    .executeTakeFirst();
  return row ? Number(row.token) : null;
}

export async function extendWorkLease(
  db: Database,
  name: string,
  { token, until }: { token: number; until: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('_os_control_lease')
    .set({ lease_until: until })
    .where('name', '=', name)
    .where('token', '=', token)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
