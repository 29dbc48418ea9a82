import type { ChangeOrigin, DatabaseSwitch, TenantRecord } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { tenantNotFound } from '../shared/find-tenant.js';
import { addAuditEntries, NO_DEPLOYMENT } from './audit-table.js';
import { addTenantCopy, takeTenantCopy } from './copy-table.js';
import type { RegistryTables } from './registry-tables.js';
import { createTenant, findByRequestKey, getTenant } from './tenant-table.js';
import { connectionColumns } from './to-tenant-record.js';

/*
 * The record of a copy and the tenant whose database it becomes change in one transaction. So there is no moment at which
 * a database is neither a copy nor a tenant's, and a database that a sweep deletes never becomes a tenant's.
 */

type Database = Kysely<RegistryTables>;
type InTransaction = <T>(work: (db: Database) => Promise<T>) => Promise<T>;

/** Thrown to roll the transaction back. */
class Refused extends Error {}

export async function createTenantFromCopy(
  db: Database,
  inTransaction: InTransaction,
  { copyId, record, by }: { copyId: string; record: TenantRecord; by?: ChangeOrigin | undefined },
): Promise<{ record: TenantRecord; created: boolean } | null> {
  const { tenant, requestKey } = record;
  try {
    return await inTransaction(async (transaction) => {
      const copy = await takeTenantCopy(transaction, copyId);
      if (copy?.tenantId !== tenant.id || copy.databaseName !== record.databaseName) throw new Refused();
      const result = await createTenant(transaction, record, { by, isCopied: true });
      if (!result.created) throw new Refused();
      return result;
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const found = requestKey === null ? null : await findByRequestKey(db, tenant.organizationId, requestKey);
    return found && { record: found, created: false };
  }
}

/** The name of the database and the deadline make it a compare-and-set: a process that settles the access changes the deadline. */
async function replaceDatabase(
  db: Database,
  tenantId: string,
  { from, connection, region, deadlineAt }: DatabaseSwitch,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('_os_control_tenant')
    .set({
      database_name: connection.databaseName,
      ...connectionColumns(connection),
      deadline_at: deadlineAt,
      ...(region !== undefined && { region, requested_region: region }),
    })
    .where('id', '=', tenantId)
    .where('status', 'in', ['active', 'suspended'])
    .where('destroyed_at', 'is', null)
    .where('database_name', '=', from.databaseName)
    .where('deadline_at', from.deadlineAt === null ? 'is' : '=', from.deadlineAt)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function switchDatabase(
  inTransaction: InTransaction,
  tenantId: string,
  { change, by }: { change: DatabaseSwitch; by?: ChangeOrigin | undefined },
): Promise<TenantRecord | null> {
  try {
    return await inTransaction(async (transaction) => {
      const copy = await takeTenantCopy(transaction, change.copyId);
      const { databaseName } = change.connection;
      if (copy?.tenantId !== tenantId || copy.databaseName !== databaseName) throw new Refused();
      if (!(await replaceDatabase(transaction, tenantId, change))) throw new Refused();
      await addTenantCopy(transaction, change.replaced, by);
      const { deploymentId } = change;
      const entry = {
        tenantId,
        action: 'change_tenant_database' as const,
        ...(deploymentId !== undefined && { deploymentId: deploymentId ?? NO_DEPLOYMENT }),
      };
      const names = { before: change.from.databaseName, after: databaseName };
      await addAuditEntries(transaction, [{ ...entry, ...names }], by);
      const record = await getTenant(transaction, tenantId);
      if (!record) throw tenantNotFound();
      return record;
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return inTransaction(async (transaction) => {
      if (await getTenant(transaction, tenantId)) return null;
      throw tenantNotFound();
    });
  }
}
