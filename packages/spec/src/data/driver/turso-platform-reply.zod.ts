import * as z from 'zod';
import { HostedDatabaseUrlSchema } from '../../shared/connection-url.zod.js';

const flag = (what: string) =>
  z.boolean().nullish().describe(`Whether ${what}. Absent in the response to database creation.`);
const count = (what: string) =>
  z.int().min(0).nullish().describe(`${what}. Null or absent if nothing was measured.`);

export const TursoDatabaseReplySchema = z
  .looseObject({
    Name: z.string().min(1).describe('Name of the database.'),
    DbId: z.string().min(1).describe('Unique identifier of the database at Turso.'),
    Hostname: z
      .string()
      .min(1)
      .refine((host) => HostedDatabaseUrlSchema.safeParse(`libsql://${host}`).success, 'must be a host name')
      .describe(
        'Host name of the database. It may contain a region and must not be derived from the database name.',
      ),
    group: z.string().nullish().describe('Name of the group that the database belongs to.'),
    primaryRegion: z.string().nullish().describe('Location code of the database, for example aws-us-east-1.'),
    block_reads: flag('reads of the database are blocked'),
    block_writes: flag('writes to the database are blocked'),
    delete_protection: flag('the database is protected from deletion'),
  })
  .describe(
    'Database in a response of the Turso Platform API. Only `Name`, `DbId` and `Hostname` are always present.',
  );
export type TursoDatabaseReply = z.infer<typeof TursoDatabaseReplySchema>;

const usageReply = z
  .looseObject({
    rows_read: count('Number of rows read'),
    rows_written: count('Number of rows written'),
    storage_bytes: count('Storage used, in bytes'),
  })
  .nullish()
  .describe('Usage summed over all instances of the database.');

export const TursoUsageReplySchema = z
  .looseObject({
    total: usageReply,
    usage: usageReply,
  })
  .refine(({ total, usage }) => total || usage, {
    path: ['total'],
    message: 'is required if usage is absent',
  })
  .describe('Usage of a database in a response of the Turso Platform API, under either of its two keys.');
export type TursoUsageReply = z.infer<typeof TursoUsageReplySchema>;
