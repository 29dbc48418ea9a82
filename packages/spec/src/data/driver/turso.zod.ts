import * as z from 'zod';
import { ConnectionUrlSchema } from '../../shared/connection-url.zod.js';

export const TursoConfigSchema = z
  .strictObject({
    url: ConnectionUrlSchema.refine(
      (url) => !url.includes('${'),
      'must not contain an unfilled placeholder',
    ).describe('file:, :memory:, libsql:, https: or http: URL.'),
    transactionTimeoutMs: z
      .int()
      .min(1)
      .default(5_000)
      .describe('Idle time after which a transaction is rolled back.'),
    busyTimeoutMs: z
      .int()
      .min(0)
      .default(10_000)
      .describe('How long to wait for another process that holds the file.'),
    requestTimeoutMs: z
      .int()
      .min(1)
      .default(30_000)
      .describe('How long to wait for one answer of a remote server.'),
    maxRetries: z
      .int()
      .min(0)
      .max(10)
      .default(3)
      .describe('How often a request to a remote server is repeated that cannot have taken effect.'),
    syncUrl: z
      .string()
      .optional()
      .describe('Server of which the file is an embedded replica. Refused as not_supported.'),
    durability: z
      .enum(['full', 'normal'])
      .default('full')
      .describe('full: a write survives a power cut; normal: the last writes may be lost in one.'),
  })
  .describe('Connection of the libSQL driver.');
export type TursoConfig = z.infer<typeof TursoConfigSchema>;
export type TursoConfigInput = z.input<typeof TursoConfigSchema>;
