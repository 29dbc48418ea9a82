/**
 * Who is asking: sessions.
 * @module
 */
export * from './session.zod.js';
