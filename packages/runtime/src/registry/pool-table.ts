import type { PooledDatabase, PooledDatabaseChange } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables } from './registry-tables.js';
import { holdTemplate } from './template-table.js';
import { pooledUrl, toPooledDatabase, toPoolRow } from './to-pooled-database.js';

type Database = Kysely<RegistryTables>;

/** Must be called in a transaction: the template must not be deleted before the record is added. */
export async function addPooledDatabase(db: Database, record: PooledDatabase): Promise<void> {
  await db.insertInto('_os_control_pool').values(toPoolRow(record)).execute();
  if (record.templateDatabase !== null) await holdTemplate(db, record.templateDatabase);
}

export async function listPooledDatabases(db: Database): Promise<PooledDatabase[]> {
  const rows = await db
    .selectFrom('_os_control_pool')
    .select(REGISTRY_COLUMNS._os_control_pool)
    .orderBy('tenant_id')
    .execute();
  return rows.map(toPooledDatabase);
}

export async function changePooledDatabase(
  db: Database,
  tenantId: string,
  { from, change }: { from: PooledDatabase['status']; change: PooledDatabaseChange },
): Promise<boolean> {
  const { status, url, owner, usedAt } = change;
  const { numUpdatedRows } = await db
    .updateTable('_os_control_pool')
    .set({
      status: status ?? from,
      ...(url !== undefined && { url: pooledUrl(url) }),
      ...(owner !== undefined && { owner }),
      ...(usedAt !== undefined && { used_at: usedAt }),
    })
    .where('tenant_id', '=', tenantId)
    .where('status', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Removes the records of its deployments too, which would keep the bundle from being removed. */
export async function removePooledDatabase(db: Database, tenantId: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('_os_control_pool')
    .where('tenant_id', '=', tenantId)
    .where('status', '=', 'deleting')
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return;
  await db.deleteFrom('_os_control_deployment').where('tenant_id', '=', tenantId).execute();
}
