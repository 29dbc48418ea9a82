import { describe, expect, it } from 'vitest';
import { AppArchiveSchema } from './app-archive.zod.js';

const checksum = 'a'.repeat(64);
const archive = {
  appId: 'crm',
  version: '1.0.0',
  deploymentId: 'd1',
  archivedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  records: 3,
  parts: [
    { object: 'crm__account', records: 2, checksum },
    { object: 'contact', fields: ['crm__score'], records: 1, checksum },
  ],
};

describe('AppArchiveSchema', () => {
  it('names the parts by their checksums', () => {
    expect(AppArchiveSchema.parse(archive)).toEqual(archive);
    const parts = [{ ...archive.parts[0], checksum: 'x' }];
    expect(AppArchiveSchema.safeParse({ ...archive, parts }).success).toBe(false);
  });

  it('has the largest assigned ids as decimal texts', () => {
    const assignedIds = { crm__account: '9223372036854775807' };
    expect(AppArchiveSchema.parse({ ...archive, assignedIds })).toEqual({ ...archive, assignedIds });
    for (const id of ['-1', '1.5', 'x', ''])
      expect(AppArchiveSchema.safeParse({ ...archive, assignedIds: { crm__account: id } }).success).toBe(
        false,
      );
  });
});
