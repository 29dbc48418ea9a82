/**
 * libSQL and Turso: data driver, schema diff and migration, database platform.
 * @module
 */
export * from './driver/create-turso-driver.js';
export * from './driver/typed.js';
export * from './local/import-database-file.js';
export * from './local/open-local-database.js';
export * from './local/open-local-defaults.js';
export * from './local/turso-local.js';
export * from './migration/schema-diff-service.js';
export * from './plane/libsql-server.js';
export * from './plane/turso-cloud.js';
export * from './platform/turso-platform-client.js';
export * from './server/create-server-database-store.js';
export * from './server/libsql-server-platform.js';
export type { LibsqlServerEntry, LibsqlServerList } from './server/server-list.js';
