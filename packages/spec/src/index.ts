/**
 * The protocol: everything of all subpaths.
 * @module
 */
export * from './automation/index.js';
export type * from './contracts/index.js';
export * from './data/index.js';
// By name, because the contract of the platform hands on its type alone.
export { TursoTokenScope } from './data/index.js';
export * from './identity/index.js';
export * from './kernel/index.js';
export * from './security/index.js';
export * from './shared/index.js';
export * from './system/index.js';
export * from './ui/index.js';
