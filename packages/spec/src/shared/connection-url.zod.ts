import * as z from 'zod';

const CREDENTIALS = /\/\/[^/?#]*@|[?&](authToken|auth_token|token|password)=/i;

export const ConnectionUrlSchema = z
  .string()
  .min(1)
  .refine((url) => !CREDENTIALS.test(url), 'must not contain a user, password or token')
  .describe(
    'Connection URL of a database, without user, password or token, for example libsql://t-abc.db.example.com.',
  );
export type ConnectionUrl = z.infer<typeof ConnectionUrlSchema>;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

export const HostedDatabaseUrlSchema = z
  .string()
  .max(512)
  .regex(new RegExp(`^(?:libsql|https|http)://${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?/?$`))
  .describe(
    'Connection URL of a database on a server: libsql:, https: or http:, then a valid DNS name, and at most a port after it.',
  );
export type HostedDatabaseUrl = z.infer<typeof HostedDatabaseUrlSchema>;
