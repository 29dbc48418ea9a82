import { describe, expect, it } from 'vitest';
import { BackupRequestSchema, RestoreSourceSchema } from './tenant-backup.zod.js';

describe('BackupRequestSchema', () => {
  it('distinguishes no retention from the default one', () => {
    expect(BackupRequestSchema.parse({ retentionDays: null })).toEqual({ retentionDays: null });
    expect(BackupRequestSchema.parse({})).toEqual({});
  });

  it('rejects a negative retention and unknown keys', () => {
    expect(BackupRequestSchema.safeParse({ retentionDays: -1 }).error?.issues[0]?.path).toEqual([
      'retentionDays',
    ]);
    expect(BackupRequestSchema.safeParse({ retention: 1 }).success).toBe(false);
  });
});

describe('RestoreSourceSchema', () => {
  it('selects either a backup or a point in time', () => {
    for (const source of [{ backupId: 'b1' }, { at: '2026-01-31T10:00:00Z' }])
      expect(RestoreSourceSchema.parse(source)).toEqual(source);
    for (const source of [{}, { backupId: 'b1', at: '2026-01-31T10:00:00Z' }, { at: '2026-01-31 10:00' }])
      expect(RestoreSourceSchema.safeParse(source).error?.issues[0]?.path).toEqual(['at']);
  });
});
