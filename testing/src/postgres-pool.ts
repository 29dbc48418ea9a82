import pg from 'pg';

/** A pool of connections, for benchmarks that compare with plain queries. */
export const postgresPool = (connectionString: string): pg.Pool => new pg.Pool({ connectionString, max: 4 });
