/**
 * Automations: flows.
 * @module
 */
export * from './flow.zod.js';
export * from './flow-node.zod.js';
