import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { DeploymentPageSchema } from './deployment-page.zod.js';

describe('DeploymentPageSchema', () => {
  it('says in every page whether another one follows', () => {
    expect(issuePaths(DeploymentPageSchema, { items: [] })).toEqual(['nextCursor']);
    expect(issuePaths(DeploymentPageSchema, { items: [{}], nextCursor: null })).toContain('items.0.id');
  });
});
