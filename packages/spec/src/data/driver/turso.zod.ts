import * as z from 'zod';
import { ConnectionUrlSchema } from '../../shared/connection-url.zod.js';

export const TursoConfigSchema = z
  .strictObject({
    url: ConnectionUrlSchema.refine(
      (url) => !url.includes('${'),
      'must not contain an unfilled placeholder',
    ).describe('Connection URL of the database: a file:, :memory:, libsql:, https: or http: URL.'),
    transactionTimeoutMs: z
      .int()
      .min(1)
      .default(5_000)
      .describe('Idle time after which an open transaction is rolled back, in milliseconds.'),
    busyTimeoutMs: z
      .int()
      .min(0)
      .default(10_000)
      .describe(
        'Maximum time to wait for another process that has locked the database file, in milliseconds.',
      ),
    requestTimeoutMs: z
      .int()
      .min(1)
      .default(30_000)
      .describe('Maximum time to wait for a response of a remote server, in milliseconds.'),
    maxRetries: z
      .int()
      .min(0)
      .max(10)
      .default(3)
      .describe(
        'Maximum number of retries of a request to a remote server. Only requests that cannot have taken effect are retried.',
      ),
    syncUrl: z
      .string()
      .optional()
      .describe(
        'URL of the primary server of an embedded replica. Not supported: rejected with `not_supported`.',
      ),
    durability: z
      .enum(['full', 'normal'])
      .default('full')
      .describe(
        'Durability of acknowledged writes. full: they survive a power failure; normal: the most recent ones may be lost in a power failure.',
      ),
  })
  .describe('Connection settings of the libSQL driver.');
export type TursoConfig = z.infer<typeof TursoConfigSchema>;
export type TursoConfigInput = z.input<typeof TursoConfigSchema>;
