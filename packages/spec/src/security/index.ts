/**
 * Who may do what: permission sets.
 * @module
 */
export * from './permission.zod.js';
