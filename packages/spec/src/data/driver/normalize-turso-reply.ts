import type { TursoDatabaseInfo, TursoDatabaseUsage } from './turso-platform.zod.js';
import type { TursoDatabaseReply, TursoUsageReply } from './turso-platform-reply.zod.js';

/** The database of an answer in our own words; what the answer does not say stays absent. */
export function toTursoDatabaseInfo(reply: TursoDatabaseReply): TursoDatabaseInfo {
  const { Name, DbId, Hostname, group, primaryRegion, block_reads, block_writes, delete_protection } = reply;
  return {
    name: Name,
    dbId: DbId,
    url: `libsql://${Hostname}`,
    ...(group && { group }),
    ...(primaryRegion && { primaryLocation: primaryRegion }),
    ...(typeof block_reads === 'boolean' && { blockReads: block_reads }),
    ...(typeof block_writes === 'boolean' && { blockWrites: block_writes }),
    ...(typeof delete_protection === 'boolean' && { deleteProtection: delete_protection }),
  };
}

/** The usage of an answer in our own words. */
export function toTursoDatabaseUsage({ total, usage }: TursoUsageReply): TursoDatabaseUsage {
  const counted = total ?? usage;
  return {
    rowsRead: counted?.rows_read ?? null,
    rowsWritten: counted?.rows_written ?? null,
    storageBytes: counted?.storage_bytes ?? 0,
  };
}
