import type { RolloutChange, RolloutRecord } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { REGISTRY_COLUMNS } from '../registry-columns.js';
import type { RegistryTables } from '../registry-tables.js';
import { toRolloutRecord, toRolloutRow } from './fleet-rows.js';

type Database = Kysely<RegistryTables>;

export async function addRollout(db: Database, record: RolloutRecord): Promise<void> {
  await db.insertInto('_os_control_rollout').values(toRolloutRow(record)).execute();
}

export async function getRollout(db: Database, rolloutId: string): Promise<RolloutRecord | null> {
  const row = await db
    .selectFrom('_os_control_rollout')
    .select(REGISTRY_COLUMNS._os_control_rollout)
    .where('id', '=', rolloutId)
    .executeTakeFirst();
  return row ? toRolloutRecord(row) : null;
}

export async function listRollouts(
  db: Database,
  { after, limit }: { after?: { createdAt: string; id: string }; limit: number },
): Promise<RolloutRecord[]> {
  let query = db.selectFrom('_os_control_rollout').select(REGISTRY_COLUMNS._os_control_rollout);
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', '<', after.id)]),
      ]),
    );
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toRolloutRecord);
}

export async function listAbandonedRollouts(db: Database, now: string): Promise<string[]> {
  const rows = await db
    .selectFrom('_os_control_rollout')
    .select('id')
    .where('status', 'in', ['running', 'rolling_back'])
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function listPlannedRollouts(
  db: Database,
  { before, limit }: { before: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('_os_control_rollout')
    .select('id')
    .where('status', '=', 'planned')
    .where('created_at', '<', before)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Must be called in a transaction. The rollout is deleted first, so that it is not started meanwhile. */
export async function discardRollout(db: Database, rolloutId: string): Promise<boolean> {
  const { numDeletedRows: rollouts } = await db
    .deleteFrom('_os_control_rollout')
    .where('id', '=', rolloutId)
    .where('status', '=', 'planned')
    .executeTakeFirst();
  if (rollouts === 0n && (await getRollout(db, rolloutId))) return false;
  const { numDeletedRows: tenants } = await db
    .deleteFrom('_os_control_rollout_tenant')
    .where('rollout_id', '=', rolloutId)
    .executeTakeFirst();
  return rollouts > 0n || tenants > 0n;
}

/** Restores the desired release of the tenants that do not run the release of the rollout, unless it was set since. */
async function restoreDesired(db: Database, rolloutId: string): Promise<void> {
  await sql`
    update _os_control_tenant_release set desired_release = (
      select member.previous_desired from _os_control_rollout_tenant as member
      where member.rollout_id = ${rolloutId} and member.tenant_id = _os_control_tenant_release.tenant_id
    )
    where tenant_id in (
      select tenant_id from _os_control_rollout_tenant
      where rollout_id = ${rolloutId} and state not in ('deployed', 'unchanged', 'rollback_failed')
    )
    and desired_release = (select release_name from _os_control_rollout where id = ${rolloutId})`.execute(db);
}

/** Must be called in a transaction. */
export async function updateRollout(
  db: Database,
  rolloutId: string,
  change: RolloutChange,
): Promise<boolean> {
  const { from, lease, status, wave, bakeUntil, accessUntil, endedAt, at } = change;
  let query = db
    .updateTable('_os_control_rollout')
    .set({
      ...(status && { status }),
      ...(wave !== undefined && { wave }),
      ...(bakeUntil !== undefined && { bake_until: bakeUntil }),
      ...(accessUntil !== undefined && { access_until: accessUntil }),
      ...(endedAt !== undefined && { ended_at: endedAt }),
      updated_at: at,
    })
    .where('id', '=', rolloutId)
    .where('status', 'in', [...from]);
  if (lease !== undefined) query = query.where('lease_token', '=', lease);
  const { numUpdatedRows } = await query.executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  if (status === 'aborted' || status === 'rolled_back') await restoreDesired(db, rolloutId);
  return true;
}

export async function takeRolloutLease(
  db: Database,
  rolloutId: string,
  { now, until }: { now: string; until: string },
): Promise<number | null> {
  const row = await db
    .updateTable('_os_control_rollout')
    .set({ lease_token: sql<number>`lease_token + 1`, lease_until: until })
    .where('id', '=', rolloutId)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .returning('lease_token')
    .executeTakeFirst();
  return row ? Number(row.lease_token) : null;
}

export async function extendRolloutLease(
  db: Database,
  rolloutId: string,
  { token, until }: { token: number; until: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('_os_control_rollout')
    .set({ lease_until: until })
    .where('id', '=', rolloutId)
    .where('lease_token', '=', token)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
