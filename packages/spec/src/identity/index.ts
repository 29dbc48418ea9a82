/**
 * Identity of the caller: sessions.
 * @module
 */
export * from './session.zod.js';
