import { randomUUID } from 'node:crypto';
import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import type { ProvisioningParts } from '../provisioning/provisioning-context.js';
import {
  type ClaimedDatabase,
  claimPooledDatabase,
  fitsPool,
  type PoolRequest,
} from './claim-pooled-database.js';
import { fillPool } from './fill-pool.js';
import type { PoolContext } from './pool-context.js';
import { poolKeyOf } from './pool-key-of.js';
import type { PoolOptions } from './pool-options.js';
import { drainPool, type PoolSweepResult, sweepPool } from './sweep-pool.js';

/** Databases that are prepared for later tenants, so that a registration only claims one. */
export interface DatabasePool {
  /** Whether the pool prepares what the request asks for. */
  fits(asked: PoolRequest): boolean;
  /** Adds the tenant with a database of the pool, which must fit. Null if none is ready. Refills the pool in the background. */
  claim(asked: PoolRequest, record: TenantRecord, options: CallOptions): Promise<ClaimedDatabase | null>;
  /** Fills the pool in the background. */
  fill(): void;
  /** Deletes what no process uses, and fills the pool in the background. */
  sweep(): Promise<PoolSweepResult>;
  /** Deletes the databases of this process that no tenant has claimed. */
  drain(): Promise<void>;
}

const FILL_AFTER_MS = 10;

export function createDatabasePool(parts: ProvisioningParts, options?: PoolOptions): DatabasePool {
  const { templates, background } = parts;
  const keyOf = ({ template, region: given }: PoolOptions) => {
    const region = given ?? null;
    return poolKeyOf({
      content: template === undefined ? null : templates.contentKey(template, region),
      region,
    });
  };
  const pool = options && { ...options, key: keyOf(options) };
  const context: PoolContext = { ...parts, owner: randomUUID(), pool };
  let filling: Promise<void> | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let isAgain = false;
  /** Before that, this process has no database in the pool, and the registry may not even exist. */
  let hasFilled = false;
  const startFilling = () => {
    waiting = undefined;
    if (background.signal.aborted) return;
    isAgain = false;
    filling = fillPool(context).finally(() => {
      filling = undefined;
      if (isAgain) fill();
    });
    background.add(filling);
  };
  const fill = () => {
    isAgain = true;
    if (!pool || filling || waiting || background.signal.aborted) return;
    hasFilled = true;
    // The registry on a local disk lets the process wait: a registration is to be answered before the pool is filled.
    waiting = setTimeout(startFilling, FILL_AFTER_MS);
  };
  return {
    fits: (asked) => fitsPool(context, asked),
    async claim(asked, record, call) {
      const claimed = await claimPooledDatabase(context, asked, { record, options: call });
      if (pool) fill();
      return claimed;
    },
    fill,
    async sweep() {
      const swept = await sweepPool(context);
      fill();
      return swept;
    },
    async drain() {
      if (hasFilled) await drainPool(context);
    },
  };
}
