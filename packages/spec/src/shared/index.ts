/**
 * Shared by all other parts: errors, names, versions.
 * @module
 */

export * from './closest-name.js';
export * from './connection-url.zod.js';
export * from './counted.js';
export * from './email-address.zod.js';
export * from './error-code.zod.js';
export * from './error-details.js';
export * from './error-facts.zod.js';
export * from './exit-code.zod.js';
export * from './explain-issue.js';
export type * from './explicit-object.js';
export * from './is-plain-object.js';
export { expectationOf } from './issue-expectation.js';
export * from './issues-of.js';
export type * from './json.js';
export * from './json-hint.js';
export * from './json-pointer.js';
export * from './json-reader.js';
export type * from './known-keys.js';
export * from './lazy-shape.js';
export * from './limit-concurrency.js';
export * from './limits.js';
export * from './misspelled-key.js';
export * from './names.zod.js';
export * from './normalize-hostname.js';
export * from './not-supported.js';
export * from './notation-hint.js';
export * from './object-stack-error.js';
export * from './page.zod.js';
export * from './problem-details.zod.js';
export * from './protocol-version.zod.js';
export * from './record-rule.zod.js';
export * from './retention-days.js';
export { keySchemaAt, schemaAt, valueAt } from './schema-at.js';
export * from './sealed-secret.zod.js';
export * from './secret-reference.zod.js';
export * from './steps.js';
export * from './stored-only.js';
export * from './suggest-name.js';
export * from './table-function-names.js';
export * from './tenant-region.zod.js';
export * from './text-length.js';
export * from './throw-if-aborted.js';
export * from './unless-aborted.js';
export * from './version-range.zod.js';
export * from './without-pattern.js';
export * from './yield-to-event-loop.js';
