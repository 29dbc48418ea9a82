import type { TursoDatabaseInfo, TursoDatabaseUsage } from './turso-platform.zod.js';
import type { TursoDatabaseReply, TursoUsageReply } from './turso-platform-reply.zod.js';

/** Converts a database of a Turso response to camelCase; absent properties remain absent. */
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

/** Converts the usage of a Turso response to camelCase. */
export function toTursoDatabaseUsage({ total, usage }: TursoUsageReply): TursoDatabaseUsage {
  const counted = total ?? usage;
  return {
    rowsRead: counted?.rows_read ?? null,
    rowsWritten: counted?.rows_written ?? null,
    storageBytes: counted?.storage_bytes ?? 0,
  };
}
