import * as z from 'zod';
import { ConnectionUrlSchema } from '../../shared/connection-url.zod.js';

export const TursoConfigSchema = z
  .strictObject({
    url: ConnectionUrlSchema.refine(
      (url) => !url.includes('${'),
      'must not contain an unfilled placeholder',
    ).describe(
      'Connection URL of the database: `file:` followed by a path, `:memory:` for a temporary database in memory, or a libsql:, https: or http: URL of a server.',
    ),
    transactionTimeoutMs: z
      .int()
      .min(1)
      .default(5_000)
      .describe(
        'Time, in milliseconds, after which an open transaction without calls is rolled back; its next call is rejected with `transaction_expired`. Defaults to 5000.',
      ),
    busyTimeoutMs: z
      .int()
      .min(0)
      .default(10_000)
      .describe(
        'Maximum time to wait while another process is writing to the database, in milliseconds. After it, the call is rejected with `database_busy`. Defaults to 10000.',
      ),
    requestTimeoutMs: z
      .int()
      .min(1)
      .default(30_000)
      .describe(
        'Maximum time to wait for a response of a remote server, in milliseconds. After it, the call is rejected with `request_timeout`. Ignored for local files. Defaults to 30000.',
      ),
    maxRetries: z
      .int()
      .min(0)
      .max(10)
      .default(3)
      .describe(
        'Maximum number of times that a failed request to a remote server is sent again. Only requests that cannot have taken effect are retried. Ignored for local files. Defaults to 3.',
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
        'Durability of acknowledged writes in a local file. full: they survive a power failure; normal: writes are faster, but the most recent ones may be lost in a power failure. Defaults to full.',
      ),
  })
  .describe('Connection settings of the libSQL driver.');
export type TursoConfig = z.infer<typeof TursoConfigSchema>;
export type TursoConfigInput = z.input<typeof TursoConfigSchema>;
