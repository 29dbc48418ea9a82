import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { NextCursorSchema, PageRequestSchema } from './page.zod.js';

describe('PageRequestSchema', () => {
  it('defaults to the first 50 items', () => {
    expect(PageRequestSchema.parse({})).toEqual({ limit: 50 });
  });

  it.each([
    [{ limit: 0 }, 'limit'],
    [{ limit: 201 }, 'limit'],
    [{ limit: 1.5 }, 'limit'],
    [{ cursor: '' }, 'cursor'],
    [{ cursor: 'x'.repeat(1_001) }, 'cursor'],
    [{ page: 2 }, ''],
  ])('rejects %j', (value, path) => {
    expect(issuePaths(PageRequestSchema, value)).toEqual([path]);
  });
});

describe('NextCursorSchema', () => {
  it('is null on the last page, and never absent', () => {
    expect(NextCursorSchema.parse(null)).toBeNull();
    expect(NextCursorSchema.safeParse(undefined).success).toBe(false);
  });
});
