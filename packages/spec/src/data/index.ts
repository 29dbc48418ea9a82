/**
 * Objects, fields, seed data, queries and driver capabilities.
 * @module
 */
export * from './autonumber-format.js';
export * from './calendar.js';
export * from './cursor.js';
export * from './default-problem.js';
export * from './default-token.js';
export * from './default-value.js';
export * from './define-object.js';
export * from './driver/normalize-turso-reply.js';
export * from './driver/read-multi-tenant-config.js';
export * from './driver/turso.zod.js';
export * from './driver/turso-multi-tenant.zod.js';
export * from './driver/turso-platform.zod.js';
export * from './driver/turso-platform-reply.zod.js';
export * from './driver.zod.js';
export * from './driver-sql.zod.js';
export * from './encode-field.js';
export * from './encode-value.js';
export * from './expected-value.js';
export * from './expression.zod.js';
export * from './field.zod.js';
export * from './field-attachment.zod.js';
export * from './field-config.zod.js';
export * from './field-option.zod.js';
export * from './field-protection.zod.js';
export * from './field-storage.js';
export * from './field-type.zod.js';
export * from './field-value.js';
export * from './filter.zod.js';
export * from './index-condition.js';
export * from './object.zod.js';
export * from './object-action.zod.js';
export * from './object-config.zod.js';
export * from './object-workflow.zod.js';
export * from './previous-names.js';
export * from './query.zod.js';
export * from './query-node.zod.js';
export type * from './record-of.js';
export * from './renamed-from.zod.js';
export * from './seed.zod.js';
export * from './state-machine.zod.js';
export * from './storage-problem.js';
export * from './system-fields.js';
export * from './validation-rule.zod.js';
