import type {
  QuotaClaim,
  QuotaClaimResult,
  QuotaLedgerState,
  QuotaPeriod,
} from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { countStarted } from './exceeded-daily-limits.js';
import { lockTenant } from './lock-tenant.js';
import { countMembers } from './member-table.js';
import type { RegistryTables } from './registry-tables.js';

/*
 * Usage of one quota is changed by one transaction at a time: each locks the row of its tenant first. What is counted
 * elsewhere in the registry (members, deployments) is read in that transaction. What is measured outside of it was
 * measured before, so the transaction verifies that no reservation was committed since: until its commit, a reservation
 * counts as reserved, and after it, the measurement includes it.
 */

type Database = Kysely<RegistryTables>;

/** Committed reservations are remembered for this time after they would have expired, so that a commit can be repeated. */
const REMEMBERED_MS = 24 * 60 * 60 * 1_000;
/** By which the clocks of processes may differ. */
const CLOCK_SKEW_MS = 5 * 60 * 1_000;

/** Usage that other tables of the registry count. */
async function countedUsage(db: Database, { tenantId, quota, period }: QuotaPeriod): Promise<number> {
  if (quota === 'maxUsers') return countMembers(db, tenantId);
  if (quota !== 'maxDeploymentsPerDay') return 0;
  return (await countStarted(db, [tenantId], { since: period })).get(tenantId) ?? 0;
}

async function reservedUsage(db: Database, { tenantId, quota, period, now }: QuotaPeriod): Promise<number> {
  const row = await db
    .selectFrom('_os_control_reservation')
    .select((eb) => eb.fn.sum('amount').as('amount'))
    .where('tenant_id', '=', tenantId)
    .where('quota', '=', quota as 'maxUsers')
    .where('period', '=', period)
    .where('status', '=', 'reserved')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return Number(row?.amount ?? 0);
}

/**
 * The stored usage of a period. Clocks of processes differ: for one that is late, it is that of the next period if that has
 * begun for another, so that neither ends the usage of the other. A period further ahead is of a clock that was wrong.
 */
async function storedUsage(db: Database, { tenantId, quota, period, now }: QuotaPeriod) {
  const row = await db
    .selectFrom('_os_control_usage')
    .select(['period', 'used', 'revision'])
    .where('tenant_id', '=', tenantId)
    .where('quota', '=', quota)
    .executeTakeFirst();
  const revision = Number(row?.revision ?? 0);
  const hasBegun = (start: string) => Date.parse(start) <= Date.parse(now) + CLOCK_SKEW_MS;
  if (row && (row.period === period || (row.period > period && hasBegun(row.period))))
    return { period: row.period, used: Number(row.used), revision };
  return { period, used: 0, revision };
}

async function readUsage(db: Database, of: QuotaPeriod): Promise<QuotaLedgerState & { period: string }> {
  const { period, used, revision } = await storedUsage(db, of);
  return {
    period,
    used: used + (await countedUsage(db, of)),
    reserved: await reservedUsage(db, { ...of, period }),
    revision,
  };
}

export async function readQuota(db: Database, of: QuotaPeriod): Promise<QuotaLedgerState> {
  const { period: _, ...state } = await readUsage(db, of);
  return state;
}

/** Adds usage of a period. That of an earlier one ends, and nothing is added to one that has ended. */
async function addUsage(
  db: Database,
  of: QuotaPeriod,
  { used, commits }: { used: number; commits: number },
): Promise<void> {
  const { tenantId: tenant_id, quota } = of;
  const stored = await storedUsage(db, of);
  const row = {
    period: stored.period,
    used: stored.used + (stored.period === of.period ? used : 0),
    revision: stored.revision + commits,
  };
  await db
    .insertInto('_os_control_usage')
    .values({ tenant_id, quota, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'quota']).doUpdateSet(row))
    .execute();
}

async function grant(db: Database, claim: QuotaClaim): Promise<void> {
  const { tenantId, period, amount, reservation } = claim;
  if (!reservation) return addUsage(db, claim, { used: amount, commits: 0 });
  const { id, quota: reserved, expiresAt: expires_at } = reservation;
  await db
    .insertInto('_os_control_reservation')
    .values({ id, tenant_id: tenantId, quota: reserved, period, amount, expires_at, status: 'reserved' })
    .execute();
}

/** See {@link IQuotaLedger.claimQuota}. Must run in a transaction. */
export async function claimQuota(db: Database, claim: QuotaClaim): Promise<QuotaClaimResult> {
  const { tenantId, amount, limit, measured, now } = claim;
  await lockTenant(db, tenantId);
  await removeExpired(db, tenantId, now);
  const { period, ...state } = await readUsage(db, claim);
  if (measured && measured.revision !== state.revision) return { ...state, outcome: 'measure_again' };
  const usage = state.used + state.reserved + (measured?.usage ?? 0);
  if (limit !== null && usage + amount > limit) return { ...state, outcome: 'refused' };
  await grant(db, { ...claim, period });
  return { ...state, outcome: 'granted' };
}

/** Commits a reservation, of any quota unless one is given, in the transaction that holds the lock of its tenant. */
export async function commitReservation(
  db: Database,
  { id, tenantId, now, of }: { id: string; tenantId: string; now: string; of?: 'maxUsers' },
): Promise<boolean> {
  const row = await db
    .updateTable('_os_control_reservation')
    .set({ status: 'committed' })
    .where('id', '=', id)
    .where('tenant_id', '=', tenantId)
    .$if(of !== undefined, (query) => query.where('quota', '=', of ?? 'maxUsers'))
    .where('status', '=', 'reserved')
    .where('expires_at', '>', now)
    .returning(['quota', 'period', 'amount'])
    .executeTakeFirst();
  if (!row) return false;
  const { quota, period } = row;
  const used = period === '' ? 0 : Number(row.amount);
  await addUsage(db, { tenantId, quota, period, now }, { used, commits: 1 });
  return true;
}

/** See {@link IQuotaLedger.endReservation}. Must run in a transaction. */
export async function endReservation(
  db: Database,
  id: string,
  { outcome, now }: { outcome: 'commit' | 'release'; now: string },
): Promise<boolean> {
  const found = await db
    .selectFrom('_os_control_reservation')
    .select('tenant_id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) return false;
  const { tenant_id: tenantId } = found;
  await lockTenant(db, tenantId);
  if (outcome === 'commit' && (await commitReservation(db, { id, tenantId, now }))) return true;
  const row = await db
    .selectFrom('_os_control_reservation')
    .select(['status', 'expires_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row?.status === 'committed') return true;
  if (!row || outcome === 'commit') return false;
  await db.deleteFrom('_os_control_reservation').where('id', '=', id).execute();
  return row.expires_at > now;
}

/** Removes reservations that expired, and forgets those that were committed long ago. */
export async function removeExpired(db: Database, tenantId: string, now: string): Promise<number> {
  const forgotten = new Date(Date.parse(now) - REMEMBERED_MS).toISOString();
  const { numDeletedRows } = await db
    .deleteFrom('_os_control_reservation')
    .where('tenant_id', '=', tenantId)
    .where((eb) =>
      eb.or([
        eb.and([eb('status', '=', 'reserved'), eb('expires_at', '<=', now)]),
        eb.and([eb('status', '=', 'committed'), eb('expires_at', '<=', forgotten)]),
      ]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
