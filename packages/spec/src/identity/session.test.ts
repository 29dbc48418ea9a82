import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { INSTANT } from '../../test/samples.js';
import { AuthSessionSchema } from './session.zod.js';

const session = { id: 's1', userId: 'u1', activeOrganizationId: 'o1', expiresAt: INSTANT };

describe('AuthSessionSchema', () => {
  it('drops unknown keys', () => {
    expect(AuthSessionSchema.parse({ ...session, token: 'secret' })).toEqual(session);
  });

  it('accepts a session without an organization', () => {
    const { activeOrganizationId: _, ...personal } = session;
    expect(AuthSessionSchema.parse(personal)).toEqual(personal);
  });

  it.each([
    ['id', { id: '' }],
    ['userId', { userId: undefined }],
    ['activeOrganizationId', { activeOrganizationId: '' }],
    ['expiresAt', { expiresAt: '2026-03-01' }],
    ['expiresAt', { expiresAt: '2026-03-01T08:00:00+01:00' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(AuthSessionSchema, { ...session, ...change })).toEqual([path]);
  });
});
