/**
 * The context that a request runs in.
 * @module
 */
export * from './context.zod.js';
