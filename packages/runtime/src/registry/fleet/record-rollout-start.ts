import type { RolloutStart } from '@objectstack/spec/contracts';
import type { RolloutTenantState } from '@objectstack/spec/system';
import { type Kysely, sql } from 'kysely';
import { DEFAULT_CHANNEL } from '../../shared/default-channel.js';
import { isPostgres } from '../is-postgres.js';
import type { RegistryTables } from '../registry-tables.js';
import { assignWaves } from './assign-waves.js';

/*
 * Two rollouts overlap if they have a tenant in common and both are active. All starts run one after the other: on SQLite
 * every write does, on PostgreSQL the lock below makes them.
 */

type Database = Kysely<RegistryTables>;

const START_LOCK = 7_203_104_883;
const ACTIVE = ['running', 'paused', 'stopped', 'rolling_back'] as const;
const TABLE = '_os_control_rollout_tenant';

/** Id of another active rollout with one of the tenants. */
async function conflictOf(db: Database, rolloutId: string): Promise<string | null> {
  const row = await db
    .selectFrom(`${TABLE} as own`)
    .innerJoin(`${TABLE} as other`, 'other.tenant_id', 'own.tenant_id')
    .innerJoin('_os_control_rollout as rollout', 'rollout.id', 'other.rollout_id')
    .select('rollout.id')
    .where('own.rollout_id', '=', rolloutId)
    .where('rollout.id', '<>', rolloutId)
    .where('rollout.status', 'in', [...ACTIVE])
    .orderBy('rollout.id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Remembers the desired release of each tenant, and sets that of the rollout, unless it is that of an app. */
async function setDesired(db: Database, rolloutId: string): Promise<void> {
  const { release_name, app_id } = await db
    .selectFrom('_os_control_rollout as rollout')
    .leftJoin('_os_control_release as release', 'release.name', 'rollout.release_name')
    .select(['rollout.release_name', 'release.app_id'])
    .where('rollout.id', '=', rolloutId)
    .executeTakeFirstOrThrow();
  if (app_id !== null) return;
  await sql`
    update ${sql.table(TABLE)} set previous_desired = (
      select desired_release from _os_control_tenant_release as "set" where "set".tenant_id = ${sql.ref(`${TABLE}.tenant_id`)}
    ) where rollout_id = ${rolloutId}`.execute(db);
  await sql`
    insert into _os_control_tenant_release (tenant_id, channel, desired_release)
    select tenant_id, cast(${DEFAULT_CHANNEL} as text), cast(${release_name} as text) from ${sql.table(TABLE)} where rollout_id = ${rolloutId}
    on conflict (tenant_id) do update set desired_release = excluded.desired_release`.execute(db);
}

/** Refused tenants have no wave yet: they are attempted in the current one. */
async function retryFailed(db: Database, rolloutId: string): Promise<void> {
  const current = db.selectFrom('_os_control_rollout').select('wave').where('id', '=', rolloutId);
  await db
    .updateTable(TABLE)
    .set((eb) => ({
      state: 'pending',
      error_code: null,
      problem: null,
      accessed_at: null,
      wave: eb.fn.coalesce('wave', current),
    }))
    .where('rollout_id', '=', rolloutId)
    .where('state', 'in', ['refused', 'failed'])
    .execute();
}

/** Those without a recorded deployment were pending: a killed process may have deployed to them. */
async function retryRollback(db: Database, rolloutId: string): Promise<void> {
  await db
    .updateTable(TABLE)
    .set({
      state: sql<RolloutTenantState>`case when deployment_id is null then 'pending' else 'deployed' end`,
      error_code: null,
      problem: null,
    })
    .where('rollout_id', '=', rolloutId)
    .where('state', '=', 'rollback_failed')
    .execute();
}

/** Must be called in a transaction. */
export async function recordRolloutStart(
  db: Database,
  rolloutId: string,
  start: RolloutStart,
): Promise<{ changed: boolean; conflict: string | null }> {
  const { from, strategy, waves, retry, to = 'running', at } = start;
  if (isPostgres(db)) await sql`select pg_advisory_xact_lock(${sql.lit(START_LOCK)})`.execute(db);
  const first = waves !== undefined;
  const { numUpdatedRows } = await db
    .updateTable('_os_control_rollout')
    .set({
      strategy: JSON.stringify(strategy),
      updated_at: at,
      ended_at: null,
      ...(first && { started_at: at, wave: 0 }),
      ...(to !== 'running' && { bake_until: null, access_until: null }),
    })
    .where('id', '=', rolloutId)
    .where('status', 'in', [...from])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return { changed: false, conflict: null };
  const conflict = await conflictOf(db, rolloutId);
  if (conflict !== null) throw new RolloutOverlap(conflict);
  await db.updateTable('_os_control_rollout').set({ status: to }).where('id', '=', rolloutId).execute();
  if (first) {
    await setDesired(db, rolloutId);
    await assignWaves(db, rolloutId, start);
  }
  if (retry) await (to === 'running' ? retryFailed : retryRollback)(db, rolloutId);
  return { changed: true, conflict: null };
}

/** Rolls the transaction back. */
export class RolloutOverlap extends Error {
  constructor(readonly rolloutId: string) {
    super();
  }
}
