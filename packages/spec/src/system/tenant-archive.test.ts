import { describe, expect, it } from 'vitest';
import { ARCHIVE_VERSION, TenantArchiveLineSchema } from './tenant-archive.zod.js';

describe('TenantArchiveLineSchema', () => {
  it('reads each kind of line, and keeps the values of a record unchanged', () => {
    const line = {
      kind: 'record',
      object: 'account',
      record: { id: 'a', list: [1, null], deep: { x: 'y' } },
    };
    expect(TenantArchiveLineSchema.parse(line)).toEqual(line);
  });

  it('rejects a line of an unknown kind', () => {
    expect(TenantArchiveLineSchema.safeParse({ kind: 'trigger' }).error?.issues[0]?.path).toEqual(['kind']);
  });
});

describe('ARCHIVE_VERSION', () => {
  it('is a number as text, so that versions can be compared', () => {
    expect(Number(ARCHIVE_VERSION)).toBe(1);
  });
});
