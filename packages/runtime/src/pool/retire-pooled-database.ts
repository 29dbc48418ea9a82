import type { PooledDatabase } from '@objectstack/spec/contracts';
import { instantNow } from '../provisioning/provisioning-context.js';
import type { PoolContext } from './pool-context.js';

/**
 * Takes a database out of the pool, unless a tenant has claimed it, and deletes it; returns whether it was taken. Unless
 * `isOver`, the process that prepares it may create it again: its record remains, and a later sweep deletes it once more.
 */
export async function retirePooledDatabase(
  { registry, dataPlane: { platform }, clock }: PoolContext,
  { tenantId, databaseName, status }: PooledDatabase,
  { isOver }: { isOver: boolean },
): Promise<boolean> {
  const change =
    status === 'deleting' ? { status } : ({ status: 'deleting', usedAt: instantNow({ clock }) } as const);
  if (!(await registry.changePooledDatabase(tenantId, status, change))) return false;
  await platform.deleteDatabase(databaseName);
  await platform.purgeDatabase(databaseName);
  if (isOver) await registry.removePooledDatabase(tenantId);
  return true;
}
