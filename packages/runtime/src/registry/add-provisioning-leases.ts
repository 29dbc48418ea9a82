import type { Kysely } from 'kysely';
import { type RegistryTables, textType } from './registry-tables.js';

/** Columns that allow one process at a time to provision a tenant, and fence off one that was taken over. */
export async function addProvisioningLeases(db: Kysely<RegistryTables>): Promise<void> {
  const table = '_os_control_tenant';
  await db.schema
    .alterTable(table)
    .addColumn('lease_token', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable(table).addColumn('lease_until', textType(db)).execute();
}
