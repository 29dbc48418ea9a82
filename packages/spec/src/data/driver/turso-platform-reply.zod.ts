import * as z from 'zod';
import { HostedDatabaseUrlSchema } from '../../shared/connection-url.zod.js';

const flag = z.boolean().nullish().describe('Absent in replies that create a database.');
const count = z.int().min(0).nullish().describe('Absent where nothing was counted.');

export const TursoDatabaseReplySchema = z
  .looseObject({
    Name: z.string().min(1).describe('Name of the database.'),
    DbId: z.string().min(1).describe('Id of the database.'),
    Hostname: z
      .string()
      .min(1)
      .refine((host) => HostedDatabaseUrlSchema.safeParse(`libsql://${host}`).success, 'must be a host name')
      .describe('Host to connect to; it may carry a region, so it is never guessed.'),
    group: z.string().nullish().describe('Group of the database.'),
    primaryRegion: z.string().nullish().describe('Location of the database.'),
    block_reads: flag,
    block_writes: flag,
    delete_protection: flag,
  })
  .describe("A database in an answer of Turso's Platform API. Only its three capitals are sure to be there.");
export type TursoDatabaseReply = z.infer<typeof TursoDatabaseReplySchema>;

const usageReply = z
  .looseObject({ rows_read: count, rows_written: count, storage_bytes: count })
  .nullish()
  .describe('The sum over all instances.');

export const TursoUsageReplySchema = z
  .looseObject({
    total: usageReply,
    usage: usageReply,
  })
  .refine(({ total, usage }) => total || usage, { path: ['total'], message: 'must be there unless usage is' })
  .describe("The usage of a database in an answer of Turso's Platform API, under either of its two keys.");
export type TursoUsageReply = z.infer<typeof TursoUsageReplySchema>;
