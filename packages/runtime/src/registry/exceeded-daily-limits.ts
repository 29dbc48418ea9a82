import type { DailyLimit } from '@objectstack/spec/contracts';
import { type Kysely, sql } from 'kysely';
import { lockTenants } from './lock-tenant.js';
import type { RegistryTables } from './registry-tables.js';

type Database = Kysely<RegistryTables>;

/** A failed deployment without any effect. */
const hadNoEffect = sql<boolean>`status = 'failed' and result like '%"outcome":"not_applied"%'`;

/**
 * Number of deployments of each tenant that started since a timestamp and changed something or may still do so; tenants without
 * any are absent. Rollbacks are not counted: a deployment can always be undone.
 */
export async function countStarted(
  db: Database,
  tenantIds: readonly string[],
  { since, except = [] }: { since: string; except?: readonly string[] },
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('_os_control_deployment')
    .select((eb) => ['tenant_id', eb.fn.countAll().as('count')])
    .where('tenant_id', 'in', [...tenantIds])
    .where('started_at', '>=', since)
    .where('rollback_of', 'is', null)
    .$if(except.length > 0, (query) => query.where('id', 'not in', [...except]))
    .where(sql<boolean>`not (${hadNoEffect})`)
    .groupBy('tenant_id')
    .execute();
  return new Map(rows.map(({ tenant_id, count }) => [tenant_id, Number(count)]));
}

/** A deployment that starts, and the limit of its tenant. */
export interface StartingDeployment {
  readonly tenantId: string;
  readonly id: string;
  readonly daily: DailyLimit;
}

async function reservedOrCommitted(
  db: Database,
  starting: readonly StartingDeployment[],
  since: string,
): Promise<(one: StartingDeployment) => number> {
  const tenantIds = starting.map(({ tenantId }) => tenantId);
  const reserved = await db
    .selectFrom('_os_control_reservation')
    .select(['tenant_id', 'amount', 'expires_at'])
    .where('tenant_id', 'in', tenantIds)
    .where('quota', '=', 'maxDeploymentsPerDay')
    .where('period', '=', since)
    .where('status', '=', 'reserved')
    .execute();
  const committed = await db
    .selectFrom('_os_control_usage')
    .select(['tenant_id', 'used'])
    .where('tenant_id', 'in', tenantIds)
    .where('quota', '=', 'maxDeploymentsPerDay')
    .where('period', '=', since)
    .execute();
  const used = new Map(committed.map((row) => [row.tenant_id, Number(row.used)]));
  return ({ tenantId, daily }) =>
    reserved
      .filter((row) => row.tenant_id === tenantId && row.expires_at > daily.now)
      .reduce((sum, { amount }) => sum + Number(amount), used.get(tenantId) ?? 0);
}

/**
 * For each deployment that may not start, the number of deployments of its tenant on that day, by the id of the tenant. The tenants
 * are distinct. The record of a deployment is its own reservation: it is written in the same transaction, and a crash leaves
 * nothing that would have to expire.
 */
export async function exceededDailyLimits(
  db: Database,
  starting: readonly StartingDeployment[],
): Promise<Map<string, number>> {
  const exceeded = new Map<string, number>();
  if (starting.length === 0) return exceeded;
  await lockTenants(
    db,
    starting.map(({ tenantId }) => tenantId),
  );
  for (const since of new Set(starting.map(({ daily }) => daily.since))) {
    const ofDay = starting.filter(({ daily }) => daily.since === since);
    const except = ofDay.map(({ id }) => id);
    const tenantIds = ofDay.map(({ tenantId }) => tenantId);
    const started = await countStarted(db, tenantIds, { since, except });
    const others = await reservedOrCommitted(db, ofDay, since);
    for (const one of ofDay) {
      const usage = (started.get(one.tenantId) ?? 0) + others(one);
      if (usage + 1 > one.daily.limit) exceeded.set(one.tenantId, usage);
    }
  }
  return exceeded;
}
