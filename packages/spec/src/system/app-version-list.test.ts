import { describe, expect, it } from 'vitest';
import { AppVersionListSchema } from './app-version-list.zod.js';

describe('AppVersionListSchema', () => {
  it('rejects a version without its checksum', () => {
    const items = [{ appId: 'crm', version: '1.0.0', isYanked: false }];
    expect(AppVersionListSchema.safeParse({ items }).error?.issues[0]?.path).toEqual([
      'items',
      0,
      'checksum',
    ]);
  });
});
