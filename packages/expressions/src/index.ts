/**
 * CEL expressions in metadata: parsing and evaluation, sandboxed and bounded.
 * @module
 */
export * from './evaluate-default.js';
export * from './evaluate-expression.js';
export * from './evaluate-for-field.js';
export * from './expression-budget.js';
export * from './expression-functions.js';
export * from './expression-limits.js';
export * from './expression-problem.js';
