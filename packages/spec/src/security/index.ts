/**
 * Access rights: permission sets.
 * @module
 */
export * from './permission.zod.js';
