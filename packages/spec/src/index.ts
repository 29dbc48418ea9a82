/**
 * The protocol: all exports of all subpaths.
 * @module
 */
export * from './automation/index.js';
export type * from './contracts/index.js';
export * from './data/index.js';
// Exported by name, because the platform contract re-exports only its type.
export { TursoTokenScope } from './data/index.js';
export * from './drivers/index.js';
export * from './http/index.js';
export * from './identity/index.js';
export * from './kernel/index.js';
export * from './security/index.js';
export * from './shared/index.js';
export * from './system/index.js';
export * from './ui/index.js';
