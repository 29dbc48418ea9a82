import type { DailyLimit } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import { type Kysely, sql } from 'kysely';
import { lockTenant } from './lock-tenant.js';
import type { RegistryTables } from './registry-tables.js';

type Database = Kysely<RegistryTables>;

/** A failed deployment without any effect. */
const hadNoEffect = sql<boolean>`status = 'failed' and result like '%"outcome":"not_applied"%'`;

/**
 * Number of deployments that started since a timestamp and changed something or may still do so. Rollbacks are not
 * counted: a deployment can always be undone.
 */
export async function countStarted(
  db: Database,
  tenantId: string,
  { since, except = '' }: { since: string; except?: string },
): Promise<number> {
  const row = await db
    .selectFrom('_os_control_deployment')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('started_at', '>=', since)
    .where('rollback_of', 'is', null)
    .where('id', '<>', except)
    .where(sql<boolean>`not (${hadNoEffect})`)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

async function reservedOrCommitted(db: Database, tenantId: string, { since, now }: DailyLimit) {
  const reserved = await db
    .selectFrom('_os_control_reservation')
    .select((eb) => eb.fn.sum('amount').as('amount'))
    .where('tenant_id', '=', tenantId)
    .where('quota', '=', 'maxDeploymentsPerDay')
    .where('period', '=', since)
    .where('status', '=', 'reserved')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  const committed = await db
    .selectFrom('_os_control_usage')
    .select('used')
    .where('tenant_id', '=', tenantId)
    .where('quota', '=', 'maxDeploymentsPerDay')
    .where('period', '=', since)
    .executeTakeFirst();
  return Number(reserved?.amount ?? 0) + Number(committed?.used ?? 0);
}

/**
 * Number of deployments of the day if no further one may start; undefined otherwise. The record of a deployment is its
 * own reservation: it is written in the same transaction, and a crash leaves nothing that would have to expire.
 */
export async function exceededDeployments(
  db: Database,
  { tenantId, id }: DeploymentRecord,
  daily: DailyLimit,
): Promise<number | undefined> {
  await lockTenant(db, tenantId);
  const started = await countStarted(db, tenantId, { since: daily.since, except: id });
  const usage = started + (await reservedOrCommitted(db, tenantId, daily));
  return usage + 1 > daily.limit ? usage : undefined;
}
