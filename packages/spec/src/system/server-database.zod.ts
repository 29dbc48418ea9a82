import * as z from 'zod';
import { SealedSecretSchema } from '../shared/sealed-secret.zod.js';

export const ServerDatabaseSchema = z
  .strictObject({
    name: z.string().describe('Name of the database, and of its namespace on the server.'),
    dbId: z.string().describe('Unique identifier of the database. Never reused, unlike the name.'),
    serverId: z.string().describe('Unique identifier of the server that the database is stored on.'),
    status: z
      .enum(['creating', 'ready', 'deleting'])
      .describe(
        'Status of the database. creating: recorded, possibly not yet created on the server; ready: created; deleting: possibly already deleted on the server.',
      ),
    signingKey: SealedSecretSchema.describe(
      'Private key that signs the access tokens of the database, encrypted.',
    ),
    publicKey: z
      .string()
      .describe('Public key with which the server verifies the tokens: 32 bytes, Base64url-encoded.'),
    blockReads: z.boolean().describe('Whether reads are blocked.'),
    blockWrites: z.boolean().describe('Whether writes are blocked.'),
    sizeLimitBytes: z
      .int()
      .min(1)
      .nullable()
      .describe('Maximum size of the database in bytes, a positive integer. Null if it has no limit.'),
    isApplied: z
      .boolean()
      .describe(
        'Whether the server has applied the public key, the blocked operations and the size limit of this record.',
      ),
    updatedAt: z.iso.datetime().describe('Timestamp of the last write of this record.'),
    revision: z
      .int()
      .min(0)
      .describe('Number of times that the record was written; used to detect concurrent changes.'),
  })
  .describe('Record of a database on a self-hosted libSQL server.');
export type ServerDatabase = z.infer<typeof ServerDatabaseSchema>;
