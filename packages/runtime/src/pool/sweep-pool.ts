import type { PooledDatabase } from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { instantNow } from '../provisioning/provisioning-context.js';
import { isStale, type PoolContext } from './pool-context.js';
import { retirePooledDatabase } from './retire-pooled-database.js';

/** Result of a sweep of the pool. */
export interface PoolSweepResult {
  /** Names of the databases that were deleted. */
  readonly removed: string[];
  /** Databases that failed to be processed. The next sweep tries them again. */
  readonly problems: { readonly databaseName: string; readonly code: ErrorCode }[];
}

/** Whether the database exists with its marker. An error that may be temporary is thrown. */
async function isIntact({ dataPlane }: PoolContext, entry: PooledDatabase): Promise<boolean> {
  const { databaseName, tenantId, url } = entry;
  try {
    const marker = await dataPlane.readTenantMarker({ databaseName, url: url ?? '' });
    return marker?.tenantId === tenantId;
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.retryable) throw error;
    return false;
  }
}

/** This process takes over databases of its pool whose process has ended; those of other pools are deleted then. */
async function isKept(context: PoolContext, entry: PooledDatabase): Promise<boolean> {
  const isOwned = entry.owner === context.owner;
  if (!isOwned && !isStale(context, entry)) return true;
  if (entry.poolKey !== context.pool?.key || !(await isIntact(context, entry))) return false;
  const change = { owner: context.owner, usedAt: instantNow(context) };
  await context.registry.changePooledDatabase(entry.tenantId, 'ready', change);
  return true;
}

async function sweepEntry(context: PoolContext, entry: PooledDatabase): Promise<boolean> {
  if (entry.status === 'ready')
    return !(await isKept(context, entry)) && retirePooledDatabase(context, entry, { isOver: true });
  const isOver = entry.status === 'deleting';
  return isStale(context, entry) && retirePooledDatabase(context, entry, { isOver });
}

/** Deletes prepared databases that no process uses, and what interrupted preparations have left. Idempotent. */
export async function sweepPool(context: PoolContext): Promise<PoolSweepResult> {
  const result: PoolSweepResult = { removed: [], problems: [] };
  for (const entry of await context.registry.listPooledDatabases()) {
    const { databaseName } = entry;
    try {
      if (await sweepEntry(context, entry)) result.removed.push(databaseName);
    } catch (error) {
      const code = ObjectStackError.isInstance(error) ? error.code : 'internal';
      result.problems.push({ databaseName, code });
    }
  }
  return result;
}

/** Deletes the ready databases that belong to this process. */
export async function drainPool(context: PoolContext): Promise<void> {
  for (const entry of await context.registry.listPooledDatabases())
    if (entry.status === 'ready' && entry.owner === context.owner)
      await retirePooledDatabase(context, entry, { isOver: true });
}
