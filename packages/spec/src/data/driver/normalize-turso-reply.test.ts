import { describe, expect, it } from 'vitest';
import { toTursoDatabaseInfo, toTursoDatabaseUsage } from './normalize-turso-reply.js';
import { TursoDatabaseInfoSchema, TursoDatabaseUsageSchema } from './turso-platform.zod.js';
import { TursoDatabaseReplySchema, TursoUsageReplySchema } from './turso-platform-reply.zod.js';

const created = { Name: 't-1', DbId: 'd1', Hostname: 't-1-acme.turso.io' };
const base = { name: 't-1', dbId: 'd1', url: 'libsql://t-1-acme.turso.io' };

describe('toTursoDatabaseInfo', () => {
  it.each([
    [created, base],
    [{ ...created, group: null, block_reads: null, regions: ['aws-us-east-1'] }, base],
    [
      {
        ...created,
        group: 'default',
        primaryRegion: 'aws-us-east-1',
        block_reads: true,
        block_writes: false,
        delete_protection: false,
        sleeping: false,
        hostname: 'ignored.example',
      },
      {
        ...base,
        group: 'default',
        primaryLocation: 'aws-us-east-1',
        blockReads: true,
        blockWrites: false,
        deleteProtection: false,
      },
    ],
  ])('normalizes %j', (reply, expected) => {
    const info = toTursoDatabaseInfo(TursoDatabaseReplySchema.parse(reply));
    expect(info).toEqual(expected);
    expect(TursoDatabaseInfoSchema.parse(info)).toEqual(expected);
  });
});

describe('toTursoDatabaseUsage', () => {
  const counted = { rows_read: 1, rows_written: 2, storage_bytes: 3 };
  const usage = { rowsRead: 1, rowsWritten: 2, storageBytes: 3 };

  it.each([
    [{ total: counted }, usage],
    [{ usage: counted }, usage],
    [{ total: counted, usage: {} }, usage],
    [{ total: {} }, { rowsRead: null, rowsWritten: null, storageBytes: 0 }],
  ])('reads %j', (reply, expected) => {
    const result = toTursoDatabaseUsage(TursoUsageReplySchema.parse(reply));
    expect(TursoDatabaseUsageSchema.parse(result)).toEqual(expected);
  });
});
