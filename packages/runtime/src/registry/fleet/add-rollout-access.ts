import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from '../registry-tables.js';

/** Columns for rollouts whose tenants are attempted when they are used, and the index that finds the used ones. */
export async function addRolloutAccess(db: Kysely<RegistryTables>): Promise<void> {
  const text = textType(db);
  const members = '_os_control_rollout_tenant';
  await db.schema.alterTable('_os_control_rollout').addColumn('access_until', text).execute();
  await db.schema.alterTable(members).addColumn('accessed_at', text).execute();
  await db.schema
    .createIndex(`${members}_accessed`)
    .on(members)
    .columns(['rollout_id', 'accessed_at'])
    .execute();
}
