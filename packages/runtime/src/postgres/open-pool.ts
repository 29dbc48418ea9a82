import { ObjectStackError } from '@objectstack/spec/shared';
import type { PostgresPool } from './guarded-pool.js';

const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 30_000;
const IDLE_MS = 30_000;

/** A pool that this module opened, and closes. */
export interface OpenedPool extends PostgresPool {
  end(): Promise<void>;
}

async function loadPg(): Promise<typeof import('pg')> {
  try {
    return await import('pg');
  } catch {
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: 'postgresRegistry requires the package pg. Install it, or pass a pool.',
      details: { missing: ['pg'] },
    });
  }
}

/** Opens a pool; its first connection is made by the first statement. */
export async function openPool(connectionString: string, maxConnections: number): Promise<OpenedPool> {
  const { default: pg } = await loadPg();
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
  });
  // An idle connection that the server closes is replaced; without a listener, the event ends the process.
  pool.on('error', () => undefined);
  return pool;
}
