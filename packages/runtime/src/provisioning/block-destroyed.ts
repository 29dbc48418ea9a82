import type { TenantRecord } from '@objectstack/spec/contracts';
import { takeOutOfService } from './delete-permanently.js';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';
import { BLOCKED } from './settle-access.js';

/** Databases of destroyed tenants that a sweep looks at. Each is a call of the platform; the next sweep continues. */
const CHECKED_IN_SWEEP = 100;
const TENANTS_OF_A_PAGE = 500;

/** A tenant that was recovered and destroyed again has another one. */
const keyOf = ({ tenant, deadlineAt }: TenantRecord) => `${tenant.id} ${deadlineAt}`;

async function listInGrace({ registry, clock }: ProvisioningContext): Promise<TenantRecord[]> {
  const now = instantNow({ clock });
  const found: TenantRecord[] = [];
  for (let after: { createdAt: string; id: string } | undefined; ; ) {
    const query = { status: 'destroying', limit: TENANTS_OF_A_PAGE, ...(after && { after }) } as const;
    const page = await registry.findTenants(query);
    found.push(...page.filter(({ deadlineAt }) => deadlineAt !== null && deadlineAt > now));
    const last = page.at(-1)?.tenant;
    if (page.length < TENANTS_OF_A_PAGE || !last) return found;
    after = { createdAt: last.createdAt, id: last.id };
  }
}

/**
 * Destroyed tenants in their grace period of which this process does not know that their database is blocked. The process
 * that destroyed one may have ended before it blocked the database, or its platform may not have answered.
 */
export async function listPossiblyUnblocked(context: ProvisioningContext): Promise<TenantRecord[]> {
  const { accessChecks, dataPlane } = context;
  if (!dataPlane.platform.supports.access) return [];
  const destroyed = new Map((await listInGrace(context)).map((record) => [keyOf(record), record]));
  for (const key of accessChecks.keys()) if (!destroyed.has(key)) accessChecks.delete(key);
  const unchecked = [...destroyed.keys()].filter((key) => !accessChecks.has(key));
  const failed = [...accessChecks].flatMap(([key, isBlocked]) => (isBlocked ? [] : [key]));
  // The least recently checked first, so that checks that fail each time do not keep others from their turn.
  return [...unchecked, ...failed].slice(0, CHECKED_IN_SWEEP).flatMap((key) => {
    accessChecks.delete(key);
    accessChecks.set(key, false);
    return destroyed.get(key) ?? [];
  });
}

/** Whether the destruction still stands: the check of other databases takes time, in which a tenant may be recovered. */
async function isStillDestroyed({ registry }: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  const current = await registry.getTenant(record.tenant.id);
  return current?.tenant.provisioningStatus === 'destroying' && keyOf(current) === keyOf(record);
}

/** Blocks the database of a destroyed tenant, and returns whether it was open. */
export async function blockDestroyed(context: ProvisioningContext, record: TenantRecord): Promise<boolean> {
  const database = await context.dataPlane.platform.getDatabase(record.databaseName);
  const isOpen =
    database !== null &&
    (database.blockReads !== BLOCKED.blockReads || database.blockWrites !== BLOCKED.blockWrites);
  if (isOpen && !(await isStillDestroyed(context, record))) return false;
  const isBlockedNow = isOpen && (await takeOutOfService(context, record));
  context.accessChecks.set(keyOf(record), true);
  return isBlockedNow;
}
