import * as z from 'zod';

const CREDENTIALS = /\/\/[^/?#]*@|[?&](authToken|auth_token|token|password)=/i;

export const ConnectionUrlSchema = z
  .string()
  .min(1)
  .refine((url) => !CREDENTIALS.test(url), 'must not contain credentials')
  .describe('URL of a database. It holds no user, password or token.');
export type ConnectionUrl = z.infer<typeof ConnectionUrlSchema>;
