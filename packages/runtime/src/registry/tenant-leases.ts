import type { LeaseRequest } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import type { RegistryTables } from './registry-tables.js';
import { beginStep } from './step-table.js';

type Database = Kysely<RegistryTables>;

export async function takeLease(
  db: Database,
  tenantId: string,
  { now, until, step }: LeaseRequest,
): Promise<number | null> {
  const row = await db
    .updateTable('_os_control_tenant')
    .set((eb) => ({ lease_token: eb('lease_token', '+', 1), lease_until: until }))
    .where('id', '=', tenantId)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .returning('lease_token')
    .executeTakeFirst();
  if (!row) return null;
  const lease = Number(row.lease_token);
  if (step) await beginStep(db, tenantId, { name: step, at: now, lease });
  return lease;
}

export async function extendLease(
  db: Database,
  tenantId: string,
  { token, until }: { token: number; until: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('_os_control_tenant')
    .set({ lease_until: until })
    .where('id', '=', tenantId)
    .where('lease_token', '=', token)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
