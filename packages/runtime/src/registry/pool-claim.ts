import type { PooledDatabaseClaim } from '@objectstack/spec/contracts';

/** No channel has this name. */
export const NO_CHANNEL = '';

/** A claim of a database of a pool. */
export interface PoolClaim extends PooledDatabaseClaim {
  readonly poolKey: string;
}
