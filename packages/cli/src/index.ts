/**
 * The objectstack command as a function, and the types of its configuration.
 * @module
 */
export { defineConfig } from './config/define-config.js';
export type { Environment } from './frame/environment.js';
export { run } from './frame/run.js';
