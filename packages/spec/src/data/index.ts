/**
 * Objects, fields, seeds, queries and what a driver can do with them.
 * @module
 */
export * from './default-token.js';
export * from './define-object.js';
export * from './driver/turso.zod.js';
export * from './driver/turso-platform.zod.js';
export * from './driver.zod.js';
export * from './driver-sql.zod.js';
export * from './field.zod.js';
export * from './field-storage.js';
export * from './field-type.zod.js';
export * from './filter.zod.js';
export * from './object.zod.js';
export * from './query.zod.js';
export * from './seed.zod.js';
export * from './system-fields.js';
export * from './validation-rule.zod.js';
