import type { MemberClaim } from '@objectstack/spec/contracts';
import { type TenantMember, TenantMemberSchema } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { lockTenant } from './lock-tenant.js';
import { parseRow } from './parse-row.js';
import { commitReservation, readQuota } from './quota-table.js';
import type { RegistryTables } from './registry-tables.js';

type Database = Kysely<RegistryTables>;

type AddedMember = { outcome: 'added' | 'unchanged' | 'refused' | 'no_reservation'; usage: number };

export async function countMembers(db: Database, tenantId: string): Promise<number> {
  const row = await db
    .selectFrom('_os_control_member')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

async function isMember(db: Database, tenantId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('_os_control_member')
    .select('user_id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** See {@link IQuotaLedger.addMember}. Must run in a transaction. */
export async function addMember(db: Database, claim: MemberClaim): Promise<AddedMember> {
  const { tenantId, userId, limit, now, reservationId } = claim;
  await lockTenant(db, tenantId);
  if (await isMember(db, tenantId, userId)) return { outcome: 'unchanged', usage: 0 };
  if (reservationId !== undefined) {
    const reservation = { id: reservationId, tenantId, now, of: 'maxUsers' } as const;
    if (!(await commitReservation(db, reservation))) return { outcome: 'no_reservation', usage: 0 };
  }
  const { used, reserved } = await readQuota(db, { tenantId, quota: 'maxUsers', period: '', now });
  const usage = used + reserved;
  // A reservation was granted within the limit of its time, so that a lower one does not take it away.
  if (reservationId === undefined && limit !== null && usage + 1 > limit)
    return { outcome: 'refused', usage };
  await db
    .insertInto('_os_control_member')
    .values({ tenant_id: tenantId, user_id: userId, added_at: now })
    .execute();
  return { outcome: 'added', usage };
}

export async function removeMember(db: Database, tenantId: string, userId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('_os_control_member')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function listMembers(
  db: Database,
  tenantId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<TenantMember[]> {
  const rows = await db
    .selectFrom('_os_control_member')
    .select(['user_id', 'added_at'])
    .where('tenant_id', '=', tenantId)
    .$if(after !== undefined, (query) => query.where('user_id', '>', after ?? ''))
    .orderBy('user_id')
    .limit(limit)
    .execute();
  return rows.map(({ user_id: userId, added_at: addedAt }) =>
    parseRow(TenantMemberSchema, 'member', { userId, addedAt }),
  );
}
