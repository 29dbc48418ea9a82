/**
 * What happens by itself: flows.
 * @module
 */
export * from './flow.zod.js';
