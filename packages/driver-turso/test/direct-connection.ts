import { type ConnectionOptions, openConnection } from '../src/connection/open-connection.js';

const SETTINGS = {
  transactionTimeoutMs: 5_000,
  busyTimeoutMs: 5_000,
  requestTimeoutMs: 30_000,
  maxRetries: 0,
  durability: 'normal',
} as const;

/** A connection without a driver, as those have it who make the database of a tenant. */
export const directConnection = (url: string, options: ConnectionOptions = {}) =>
  openConnection({ url, ...SETTINGS }, options);
