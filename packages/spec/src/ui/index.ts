/**
 * What people see: views.
 * @module
 */
export * from './view.zod.js';
