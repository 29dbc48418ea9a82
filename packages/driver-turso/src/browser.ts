/**
 * What needs no database: tables of definitions, differences, plans, lint. Free of Node, so that a browser can plan.
 * @module
 */
export { diff } from './migration/diff/diff.js';
export { findDrift } from './migration/diff/drift/find-drift.js';
export { lint } from './migration/diff/lint.js';
export { generateMigrations } from './migration/plan/generate-migrations.js';
export { planHashOf } from './migration/plan/plan-hash-of.js';
export { createIndexSql, createTableSql } from './schema/create-table-sql.js';
export { type DesiredSchema, desiredSchema } from './schema/desired-schema.js';
export { canonicalJson, hashOf } from './schema/hash-of.js';
export { schemaHashOf } from './schema/schema-hash-of.js';
export { sha256 } from './schema/sha256.js';
export { tableOf } from './schema/table-of.js';
