/**
 * Turso's Platform API in front of a real libSQL server on this machine.
 * @module
 */
export * from './start-libsql-server.js';
export * from './start-turso-emulator.js';
