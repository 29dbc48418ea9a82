import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from '../registry-tables.js';

/** A column for releases of apps. */
export async function addAppReleases(db: Kysely<RegistryTables>): Promise<void> {
  await db.schema.alterTable('_os_control_release').addColumn('app_id', textType(db)).execute();
}
