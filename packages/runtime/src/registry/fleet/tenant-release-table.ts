import type { FleetTenant } from '@objectstack/spec/contracts';
import type { FleetSelection, TenantRelease } from '@objectstack/spec/system';
import { TenantReleaseSchema } from '@objectstack/spec/system';
import { type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import { DEFAULT_CHANNEL } from '../../shared/default-channel.js';
import { NO_DEPLOYMENT } from '../audit-table.js';
import { parseRow, withoutNulls } from '../parse-row.js';
import { REGISTRY_COLUMNS } from '../registry-columns.js';
import type { RegistryTables } from '../registry-tables.js';

type Database = Kysely<RegistryTables>;

export async function setTenantChannel(
  db: Database,
  tenantId: string,
  { channel, desired }: { channel: string; desired?: string | null },
): Promise<void> {
  const change = { channel, ...(desired !== undefined && { desired_release: desired }) };
  await db
    .insertInto('_os_control_tenant_release')
    .values({ tenant_id: tenantId, channel, desired_release: desired ?? null })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(change))
    .execute();
}

const lastEntryOf = (deploymentId: RawBuilder<unknown>) => sql<number>`coalesce((
  select max(sequence) from _os_control_audit as entry
  where entry.tenant_id = deployment.tenant_id and entry.deployment_id = ${deploymentId}
), 0)`;

/**
 * Position in the audit log of the end of the row of the table `deployment`, or of a restore of the tenant to it: timestamps of
 * several processes, or of a clock that was set, have no certain order.
 */
export const endedAs = lastEntryOf(sql`deployment.id`);

/** Whether the tenant was not restored since to a time before its first deployment. */
export const isNotRestored = sql<boolean>`${endedAs} >= ${lastEntryOf(sql.lit(NO_DEPLOYMENT))}`;

/** Checksum of the bundle of the last deployment or rollback that took effect, also if its seeds failed. */
async function runningChecksum(db: Database, tenantId: string): Promise<string | null> {
  const row = await db
    .selectFrom('_os_control_deployment as deployment')
    .select('bundle_checksum')
    .where('tenant_id', '=', tenantId)
    .where((eb) =>
      eb.or([
        eb('status', '=', 'ready'),
        eb.and([eb('status', '=', 'failed'), eb('result', 'not like', '%"outcome":"not_applied"%')]),
      ]),
    )
    .where(isNotRestored)
    .orderBy(endedAs, 'desc')
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.bundle_checksum ?? null;
}

async function latestRollout(db: Database, tenantId: string) {
  const row = await db
    .selectFrom('_os_control_rollout_tenant as member')
    .innerJoin('_os_control_rollout as rollout', 'rollout.id', 'member.rollout_id')
    .leftJoin('_os_control_release as release', 'release.name', 'rollout.release_name')
    .select(['member.rollout_id as id', 'member.state', 'member.error_code as errorCode'])
    .where('member.tenant_id', '=', tenantId)
    .where('release.app_id', 'is', null)
    .where('rollout.started_at', 'is not', null)
    .orderBy('rollout.started_at', 'desc')
    .orderBy('rollout.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? withoutNulls(row) : null;
}

export async function getTenantRelease(db: Database, tenantId: string): Promise<TenantRelease> {
  const set = await db
    .selectFrom('_os_control_tenant_release')
    .select(REGISTRY_COLUMNS._os_control_tenant_release)
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  const checksum = await runningChecksum(db, tenantId);
  const running = await db
    .selectFrom('_os_control_release')
    .select('name')
    .where('bundle_checksum', '=', checksum ?? '')
    .executeTakeFirst();
  return parseRow(TenantReleaseSchema, 'tenant_release', {
    tenantId,
    channel: set?.channel ?? DEFAULT_CHANNEL,
    desired: set?.desired_release ?? null,
    running: running?.name ?? null,
    runningChecksum: checksum,
    rollout: await latestRollout(db, tenantId),
  });
}

/** The tenants of a selection: active and suspended ones, or with ids those in every status, without destroyed ones. */
function selectTenants(db: Database, selection: FleetSelection) {
  const { tenantIds, organizationId, channel, plan, region } = selection;
  let query = db
    .selectFrom('_os_control_tenant as tenant')
    .leftJoin('_os_control_tenant_release as set', 'set.tenant_id', 'tenant.id')
    .select(['tenant.id', 'tenant.status'])
    .where('tenant.destroyed_at', 'is', null);
  if (tenantIds) query = query.where('tenant.id', 'in', tenantIds);
  else query = query.where('tenant.status', 'in', ['active', 'suspended']);
  if (organizationId !== undefined) query = query.where('tenant.organization_id', '=', organizationId);
  if (plan !== undefined) query = query.where('tenant.plan', '=', plan);
  if (region !== undefined) query = query.where('tenant.region', '=', region);
  if (channel !== undefined)
    query = query.where(sql<string>`coalesce("set"."channel", ${DEFAULT_CHANNEL})`, '=', channel);
  return query;
}

/** {@link selectTenants} as part of another statement. */
export const selectedTenants = (db: Database, selection: FleetSelection): Expression<unknown> =>
  selectTenants(db, selection);

export async function selectFleet(
  db: Database,
  selection: FleetSelection,
  { after, limit }: { after?: string; limit: number },
): Promise<FleetTenant[]> {
  if (selection.tenantIds?.length === 0) return [];
  let query = selectTenants(db, selection);
  if (after !== undefined) query = query.where('tenant.id', '>', after);
  return query.orderBy('tenant.id').limit(limit).execute();
}
