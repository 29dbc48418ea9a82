/**
 * Test suites for implementations of the contracts, under any test runner.
 * @module
 */
export * from './data-driver/describe-data-driver.js';
export type { Requirement } from './kit/check.js';
export * from './kit/collect-failures.js';
export type { TestRunner } from './kit/test-runner.js';
export * from './schema-diff/describe-schema-diff-service.js';
