import type { PooledDatabase } from '@objectstack/spec/contracts';
import type { ProvisioningParts } from '../provisioning/provisioning-context.js';
import { timeForDeletion } from '../shared/clock.js';
import type { PoolOptions } from './pool-options.js';

/** Dependencies and settings of the pool. */
export interface PoolContext extends ProvisioningParts {
  /** Identifies this process. */
  readonly owner: string;
  /** Absent: this process prepares nothing, and only removes what others have left. */
  readonly pool: (PoolOptions & { readonly key: string }) | undefined;
}

/** Time after which a process that was to use or finish a database is considered to have ended. */
export const POOL_STALE_MS = 15 * 60 * 1_000;

/** Whether no process has used the database, or worked at it, for so long that none will. */
export function isStale({ clock }: Pick<PoolContext, 'clock'>, { usedAt }: PooledDatabase): boolean {
  return Date.parse(usedAt) < timeForDeletion(clock).getTime() - POOL_STALE_MS;
}
