import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { notSupported, ObjectStackError } from '@objectstack/spec/shared';
import type { AuditEntry } from '@objectstack/spec/system';
import type { TenantDataContext } from './tenant-data-context.js';

/*
 * A platform restores a database to any time since its creation, and a tenant has another database after each restore and
 * move. So the database is restored that the tenant had at that time: its current one, or a replaced one, which is a backup
 * until its retention ends. The audit log has each replacement, written in the transaction that made it.
 */

const ENTRIES_OF_A_PAGE = 100;

/** A database, and the time for which the tenant had it. */
interface Tenure {
  readonly databaseName: string;
  readonly since: string;
  /** Null: the tenant still has it. */
  readonly until: string | null;
}

async function* replacementsOf(
  registry: Pick<ITenantRegistry, 'listAuditEntries'>,
  tenantId: string,
): AsyncGenerator<AuditEntry> {
  for (let after: number | undefined; ; ) {
    const query = { tenantId, limit: ENTRIES_OF_A_PAGE, ...(after !== undefined && { after }) };
    const entries = await registry.listAuditEntries(query);
    for (const entry of entries) if (entry.action === 'change_tenant_database') yield entry;
    after = entries.at(-1)?.sequence;
    if (entries.length < ENTRIES_OF_A_PAGE) return;
  }
}

async function tenureAt(
  { registry }: Pick<TenantDataContext, 'registry'>,
  { tenant, databaseName: current }: TenantRecord,
  time: number,
): Promise<Tenure> {
  let [databaseName, until]: [string, string | null] = [current, null];
  for await (const { at, before } of replacementsOf(registry, tenant.id)) {
    if (Date.parse(at) < time) return { databaseName, since: at, until };
    [databaseName, until] = [before ?? databaseName, at];
  }
  return { databaseName, since: tenant.createdAt, until };
}

function unavailable(
  reason: string,
  details: { earliestAt: string } | { latestAt: string },
): ObjectStackError {
  const [limit] = Object.values(details);
  const next = 'latestAt' in details ? `until ${limit}` : `from ${limit} on`;
  return new ObjectStackError({
    code: 'point_in_time_unavailable',
    message: `The tenant cannot be restored to this point in time: ${reason}. It can be restored to times ${next}.`,
    details: { reason, ...details },
  });
}

const exists = async (
  { registry }: Pick<TenantDataContext, 'registry'>,
  { tenant }: TenantRecord,
  name: string,
) =>
  (await registry.listTenantCopies({ tenantId: tenant.id })).some(
    ({ databaseName, kind, status }) => databaseName === name && kind === 'replaced' && status === 'ready',
  );

/**
 * Name of the database that the tenant had at a time. Rejects with `not_supported`, and with `point_in_time_unavailable` for
 * a time in the future, one whose database was deleted, and one before which the database of the tenant was not complete for
 * longer than the gap of the platform: its state could be one in which its rows were still being copied.
 */
export async function databaseAt(
  context: Pick<TenantDataContext, 'registry' | 'dataPlane' | 'clock'>,
  record: TenantRecord,
  at: string,
): Promise<string> {
  const { pointInTimeGapMs: gapMs } = context.dataPlane.platform.supports;
  if (gapMs === null) throw notSupported('point_in_time');
  const [time, now] = [Date.parse(at), context.clock.now()];
  if (time > now.getTime()) throw unavailable('it is in the future', { latestAt: now.toISOString() });
  const { databaseName, since, until } = await tenureAt(context, record, time);
  const from = (instant: string) => ({ earliestAt: new Date(Date.parse(instant) + gapMs).toISOString() });
  if (time < Date.parse(since) + gapMs)
    throw unavailable(
      'it is too close to the time at which the database that the tenant had then was created',
      from(since),
    );
  if (until !== null && !(await exists(context, record, databaseName)))
    throw unavailable(
      'the database that the tenant had then was replaced, and has been deleted',
      from(until),
    );
  return databaseName;
}
