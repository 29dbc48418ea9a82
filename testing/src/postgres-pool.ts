import pg from 'pg';

/** A pool of connections, for benchmarks that compare with plain queries. */
export function postgresPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 4 });
  // A connection that is being closed when the server stops.
  pool.on('error', () => undefined);
  return pool;
}
