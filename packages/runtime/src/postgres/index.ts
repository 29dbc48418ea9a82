/**
 * The registry of the control plane, and the records of databases on libSQL servers, on PostgreSQL. Requires the package `pg`, unless a pool is passed.
 * @module
 */
export type { PostgresPool, PostgresPoolClient } from './guarded-pool.js';
export type { PostgresOptions } from './pool-source.js';
export { type PostgresRegistryOptions, postgresRegistry } from './postgres-registry.js';
export {
  type PostgresServerDatabases,
  postgresServerDatabases,
} from './postgres-server-databases.js';
