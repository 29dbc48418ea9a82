import type { TenantReleaseCount } from '@objectstack/spec/contracts';
import type { FleetSelection, TenantRelease } from '@objectstack/spec/system';
import { TenantReleaseSchema } from '@objectstack/spec/system';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import { DEFAULT_CHANNEL } from '../../shared/default-channel.js';
import { parseRow, withoutNulls } from '../parse-row.js';
import type { RegistryTables } from '../registry-tables.js';
import { endedAs, isNotRestored, selectedTenants } from './tenant-release-table.js';

/*
 * The releases of many tenants in one statement. Per tenant, `getTenantRelease` reads the same: the bundle of the last
 * deployment that took effect, and the latest rollout that was started.
 */

type Database = Kysely<RegistryTables>;

const releasesOf = (db: Database, selection: FleetSelection): RawBuilder<unknown> => sql`
  with selected as ${selectedTenants(db, selection)},
  effective as (
    select tenant_id, bundle_checksum, row_number() over (
      partition by tenant_id
      order by ${endedAs} desc, started_at desc, id desc
    ) as place
    from _os_control_deployment as deployment
    where tenant_id in (select id from selected)
      and (status = 'ready' or (status = 'failed' and result not like '%"outcome":"not_applied"%'))
      and ${isNotRestored}
  ),
  attempted as (
    select member.tenant_id, member.rollout_id, member.state, member.error_code, row_number() over (
      partition by member.tenant_id order by rollout.started_at desc, rollout.id desc
    ) as place
    from _os_control_rollout_tenant as member
    join _os_control_rollout as rollout on rollout.id = member.rollout_id
    left join _os_control_release as released on released.name = rollout.release_name
    where released.app_id is null and rollout.started_at is not null and member.tenant_id in (select id from selected)
  ),
  releases as (
    select selected.id as tenant_id, coalesce(assigned.channel, ${DEFAULT_CHANNEL}) as channel,
      assigned.desired_release as desired, effective.bundle_checksum as checksum, release.name as running,
      attempted.rollout_id, attempted.state, attempted.error_code,
      case when assigned.desired_release is null or assigned.desired_release = release.name then 0 else 1 end
        as behind
    from selected
    left join _os_control_tenant_release as assigned on assigned.tenant_id = selected.id
    left join effective on effective.tenant_id = selected.id and effective.place = 1
    left join _os_control_release as release on release.bundle_checksum = effective.bundle_checksum
    left join attempted on attempted.tenant_id = selected.id and attempted.place = 1
  )`;

interface AttemptRow {
  rollout_id: string | null;
  state: string | null;
  error_code: string | null;
}

interface ReleaseRow extends AttemptRow {
  tenant_id: string;
  channel: string;
  desired: string | null;
  running: string | null;
  checksum: string | null;
}

interface CountRow extends AttemptRow {
  desired: string | null;
  running: string | null;
  tenants: number | string | bigint;
}

const CountSchema = TenantReleaseSchema.pick({ running: true, desired: true, rollout: true }).extend({
  tenants: z.int().min(0),
});

const attemptOf = ({ rollout_id: id, state, error_code: errorCode }: AttemptRow) =>
  id === null ? null : withoutNulls({ id, state, errorCode });

export async function countTenantReleases(
  db: Database,
  selection: FleetSelection,
): Promise<TenantReleaseCount[]> {
  if (selection.tenantIds?.length === 0) return [];
  const { rows } = await sql<CountRow>`${releasesOf(db, selection)}
    select running, desired, rollout_id, state, error_code, count(*) as tenants from releases
    group by running, desired, rollout_id, state, error_code`.execute(db);
  return rows.map(({ running, desired, tenants, ...attempt }) =>
    parseRow<TenantReleaseCount>(CountSchema as unknown as z.ZodType<TenantReleaseCount>, 'tenant_release', {
      running,
      desired,
      rollout: attemptOf(attempt),
      tenants: Number(tenants),
    }),
  );
}

export async function listTenantReleases(
  db: Database,
  selection: FleetSelection,
  { isBehind, after, limit }: { isBehind?: boolean; after?: string; limit: number },
): Promise<TenantRelease[]> {
  if (selection.tenantIds?.length === 0) return [];
  const conditions = [
    ...(isBehind === undefined ? [] : [sql`behind = ${sql.lit(isBehind ? 1 : 0)}`]),
    ...(after === undefined ? [] : [sql`tenant_id > ${after}`]),
  ];
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<ReleaseRow>`${releasesOf(db, selection)}
    select * from releases ${where} order by tenant_id limit ${limit}`.execute(db);
  return rows.map(({ tenant_id: tenantId, channel, desired, running, checksum, ...attempt }) =>
    parseRow<TenantRelease>(TenantReleaseSchema as unknown as z.ZodType<TenantRelease>, 'tenant_release', {
      tenantId,
      channel,
      desired,
      running,
      runningChecksum: checksum,
      rollout: attemptOf(attempt),
    }),
  );
}
