import * as z from 'zod';
import { ConnectionUrlSchema } from '../../shared/connection-url.zod.js';

const count = (what: string) =>
  z.int().min(0).nullable().describe(`${what} \`null\` if the provider does not report it.`);
const flag = (what: string) =>
  z.boolean().optional().describe(`${what} Absent if the provider does not report it.`);

export const TursoTokenScope = z
  .enum(['full-access', 'read-only'])
  .describe('Access that a database token grants. full-access: read and write; read-only: read only.');
export type TursoTokenScope = z.infer<typeof TursoTokenScope>;

export const TursoDatabaseInfoSchema = z
  .object({
    name: z.string().min(1).describe('Name of the database, unique at the provider.'),
    dbId: z.string().min(1).describe('Identifier that the provider assigned to the database.'),
    url: ConnectionUrlSchema.describe('Connection URL of the database, without credentials.'),
    group: z
      .string()
      .optional()
      .describe(
        'Name of the database group that the database belongs to. Absent if the provider has no groups.',
      ),
    primaryLocation: z
      .string()
      .optional()
      .describe(
        "Location code of the database, in the provider's format, for example aws-us-east-1. Absent if the provider does not report it.",
      ),
    blockReads: flag('Whether reads are blocked.'),
    blockWrites: flag('Whether writes are blocked.'),
    deleteProtection: flag('Whether the database is protected from deletion.'),
  })
  .describe('Database as reported by its provider.');
export type TursoDatabaseInfo = z.infer<typeof TursoDatabaseInfoSchema>;

export const TursoDatabaseUsageSchema = z
  .object({
    rowsRead: count('Number of rows read.'),
    rowsWritten: count('Number of rows written.'),
    storageBytes: z.int().min(0).describe('Size of the database including its write-ahead log, in bytes.'),
  })
  .describe('Resource usage of a database as reported by its provider.');
export type TursoDatabaseUsage = z.infer<typeof TursoDatabaseUsageSchema>;

export const TursoDatabaseTokenSchema = z
  .object({
    jwt: z
      .string()
      .min(1)
      .describe(
        'The access token, a JSON Web Token. This is a secret; it must be sealed before it is stored.',
      ),
    expiresAt: z.iso
      .datetime()
      .optional()
      .describe('Timestamp at which the token expires. Absent if the token does not expire.'),
  })
  .describe('Access token of one database.');
export type TursoDatabaseToken = z.infer<typeof TursoDatabaseTokenSchema>;
