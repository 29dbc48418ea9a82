import * as z from 'zod';
import { ConnectionUrlSchema } from '../../shared/connection-url.zod.js';

const count = (what: string) =>
  z.int().min(0).nullable().describe(`${what} Null if the platform does not report it.`);
const flag = (what: string) =>
  z.boolean().optional().describe(`${what} Absent where the provider does not say.`);

export const TursoTokenScope = z.enum(['full-access', 'read-only']).describe('What a database token allows.');
export type TursoTokenScope = z.infer<typeof TursoTokenScope>;

export const TursoDatabaseInfoSchema = z
  .object({
    name: z.string().min(1).describe('Name of the database.'),
    dbId: z.string().min(1).describe('Id that the provider gave it.'),
    url: ConnectionUrlSchema.describe('URL to connect to, without credentials.'),
    group: z.string().optional().describe('Group that it belongs to.'),
    primaryLocation: z.string().optional().describe('Location, as the provider writes it.'),
    blockReads: flag('Whether reads are refused.'),
    blockWrites: flag('Whether writes are refused.'),
    deleteProtection: flag('Whether it cannot be deleted.'),
  })
  .describe('A database as its provider knows it.');
export type TursoDatabaseInfo = z.infer<typeof TursoDatabaseInfoSchema>;

export const TursoDatabaseUsageSchema = z
  .object({
    rowsRead: count('Rows that were read.'),
    rowsWritten: count('Rows that were written.'),
    storageBytes: z.int().min(0).describe('Size of the database, its log included.'),
  })
  .describe('What a database has used.');
export type TursoDatabaseUsage = z.infer<typeof TursoDatabaseUsageSchema>;

export const TursoDatabaseTokenSchema = z
  .object({
    jwt: z.string().min(1).describe('The token. A secret: sealed wherever it is kept.'),
    expiresAt: z.iso.datetime().optional().describe('When it ends. Absent: never.'),
  })
  .describe('An access token of one database.');
export type TursoDatabaseToken = z.infer<typeof TursoDatabaseTokenSchema>;
