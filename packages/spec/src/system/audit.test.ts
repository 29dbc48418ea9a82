import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { AuditEntrySchema, AuditPageSchema } from './audit.zod.js';

const entry = {
  sequence: 1,
  at: '2026-01-01T00:00:00.000Z',
  tenantId: 't1',
  action: 'change_tenant_status',
  before: 'active',
  after: 'suspended',
};

describe('AuditEntrySchema', () => {
  it('permits changes without an actor, and changes of nothing that existed before', () => {
    const { before: _, ...created } = { ...entry, action: 'create_tenant' };
    expect(AuditEntrySchema.parse(entry)).toEqual(entry);
    expect(AuditEntrySchema.parse(created)).toEqual(created);
  });

  it('rejects positions below 1 and unknown actions', () => {
    expect(issuePaths(AuditEntrySchema, { ...entry, sequence: 0, action: 'look' })).toEqual([
      'sequence',
      'action',
    ]);
  });
});

describe('AuditPageSchema', () => {
  it('says in every page whether another one follows', () => {
    expect(issuePaths(AuditPageSchema, { items: [entry] })).toEqual(['nextCursor']);
  });
});
