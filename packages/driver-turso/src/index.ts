/**
 * libSQL and Turso: data driver, schema diff and migration, database platform.
 * @module
 */
export * from './driver/create-turso-driver.js';
export * from './driver/typed.js';
export * from './local/open-local-database.js';
export * from './local/turso-local.js';
export * from './migration/schema-diff-service.js';
