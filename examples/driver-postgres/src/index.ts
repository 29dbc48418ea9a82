/**
 * A data driver on PostgreSQL.
 * @module
 */
export { POSTGRES_CAPABILITIES } from './capabilities.js';
export { PostgresDriver, type PostgresDriverOptions } from './postgres-driver.js';
