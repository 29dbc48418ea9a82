import * as z from 'zod';

export const TursoConfigSchema = z
  .strictObject({
    url: z
      .string()
      .min(1)
      .refine((url) => !/\/\/[^/?#]*@|[?&](authToken|auth_token|token|password)=/i.test(url), 'must not contain credentials')
      .refine((url) => !url.includes('${'), 'must not contain a placeholder')
      .describe('file:, :memory:, libsql:, https: or http: URL. Credentials in it are refused.'),
    transactionTimeoutMs: z.int().min(1).default(5_000).describe('Idle time after which a transaction is rolled back.'),
    busyTimeoutMs: z.int().min(0).default(10_000).describe('How long to wait for another process that holds the file.'),
    durability: z
      .enum(['full', 'normal'])
      .default('full')
      .describe('full: a write survives a power cut; normal: the last writes may be lost in one.'),
  })
  .describe('Connection of the libSQL driver.');
export type TursoConfig = z.infer<typeof TursoConfigSchema>;
export type TursoConfigInput = z.input<typeof TursoConfigSchema>;
