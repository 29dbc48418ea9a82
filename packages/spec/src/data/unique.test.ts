import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { IndexSchema } from './object.zod.js';
import { UniqueSchema } from './unique.zod.js';

describe('UniqueSchema', () => {
  it.each([true, false, 'global', 'organization', 'tenant'])('accepts %s', (unique) => {
    expect(UniqueSchema.parse(unique)).toBe(unique);
    expect(IndexSchema.parse({ fields: ['a'], unique })).toEqual({ fields: ['a'], unique });
  });

  it('rejects a scope without a meaning', () => {
    expect(issuePaths(IndexSchema, { fields: ['a'], unique: 'team' })).toEqual(['unique']);
  });
});
