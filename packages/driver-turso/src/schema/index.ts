/**
 * What needs no database: tables of definitions, differences, plans, lint. Free of Node, so that a browser can plan.
 * @module
 */
export { diff } from '../migration/diff.js';
export { findDrift } from '../migration/find-drift.js';
export { generateMigrations } from '../migration/generate-migrations.js';
export { lint } from '../migration/lint.js';
export { planHashOf } from '../migration/plan-hash.js';
export { createIndexSql, createTableSql } from './ddl.js';
export { type DesiredSchema, desiredSchema } from './desired-schema.js';
export { canonicalJson, hashOf } from './hash.js';
export { tableOf } from './object-table.js';
export { schemaHashOf } from './schema-hash.js';
export { sha256 } from './sha256.js';
