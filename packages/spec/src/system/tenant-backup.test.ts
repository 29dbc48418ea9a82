import { describe, expect, it } from 'vitest';
import { BackupRequestSchema } from './tenant-backup.zod.js';

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
