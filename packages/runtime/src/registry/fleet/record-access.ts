import type { RolloutAccess } from '@objectstack/spec/contracts';
import { RolloutStrategySchema } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { fromJson, parseRow } from '../parse-row.js';
import type { RegistryTables } from '../registry-tables.js';

/*
 * A process in which a tenant is used only records the access; the process that drives the rollout deploys. So one process at
 * a time acts on the tenants of a rollout, also in this mode: pausing, ending and rolling back need no further lock.
 */

type Database = Kysely<RegistryTables>;

const AccessSchema = RolloutStrategySchema.pick({ waitMs: true });

export async function hasRolloutsOnAccess(db: Database, now: string): Promise<boolean> {
  const row = await db
    .selectFrom('_os_control_rollout')
    .select('id')
    .where('status', '=', 'running')
    .where('access_until', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Reads first: most tenants do not wait, and a repeated access writes nothing. */
export async function recordAccess(
  db: Database,
  tenantId: string,
  now: string,
): Promise<RolloutAccess | null> {
  const row = await db
    .selectFrom('_os_control_rollout_tenant as member')
    .innerJoin('_os_control_rollout as rollout', (join) =>
      join.onRef('rollout.id', '=', 'member.rollout_id').onRef('rollout.wave', '=', 'member.wave'),
    )
    .select(['rollout.id', 'rollout.strategy', 'member.accessed_at'])
    .where('member.tenant_id', '=', tenantId)
    .where('member.state', '=', 'pending')
    .where('rollout.status', '=', 'running')
    .where('rollout.access_until', '>', now)
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  if (row.accessed_at === null)
    await db
      .updateTable('_os_control_rollout_tenant')
      .set({ accessed_at: now })
      .where('rollout_id', '=', row.id)
      .where('tenant_id', '=', tenantId)
      .where('state', '=', 'pending')
      .execute();
  const { waitMs } = (fromJson(row.strategy) ?? {}) as { waitMs?: number };
  return { rolloutId: row.id, ...parseRow(AccessSchema, 'rollout', { waitMs }) };
}
