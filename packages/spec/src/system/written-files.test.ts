import { describe, expect, it } from 'vitest';
import { PullFindingSchema } from './written-files.zod.js';

describe('PullFindingSchema', () => {
  it('rejects an unknown code', () => {
    const finding = { code: 'other', table: 'customer', message: 'The view was left out.' };
    expect(PullFindingSchema.safeParse(finding).error?.issues[0]?.path).toEqual(['code']);
  });
});
