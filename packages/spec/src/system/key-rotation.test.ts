import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { KeyRotationSchema } from './key-rotation.zod.js';

describe('KeyRotationSchema', () => {
  it('counts what remains, and names the key only if there is one', () => {
    expect(KeyRotationSchema.parse({ resealed: 0, remaining: 0 })).toEqual({ resealed: 0, remaining: 0 });
    expect(issuePaths(KeyRotationSchema, { keyId: '', resealed: -1 })).toEqual([
      'keyId',
      'resealed',
      'remaining',
    ]);
  });
});
