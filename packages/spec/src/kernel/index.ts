/**
 * The context of a request.
 * @module
 */
export * from './context.zod.js';
