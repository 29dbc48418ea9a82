import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { PartHealthSchema, RuntimeHealthSchema } from './runtime-health.zod.js';

const since = '2026-01-01T00:00:00.000Z';

describe('PartHealthSchema', () => {
  it('names the failure by its code only', () => {
    const down = { part: 'registry', reachable: false, since, errorCode: 'database_unreachable' };
    expect(PartHealthSchema.parse({ ...down, message: 'postgres://user:password@host' })).toEqual(down);
    expect(issuePaths(PartHealthSchema, { ...down, part: 'moon' })).toEqual(['part']);
  });
});

describe('RuntimeHealthSchema', () => {
  it('rejects other summaries', () => {
    const health = { status: 'ok', checkedAt: since, parts: [{ part: 'bundles', reachable: true, since }] };
    expect(RuntimeHealthSchema.parse(health)).toEqual(health);
    expect(issuePaths(RuntimeHealthSchema, { ...health, status: 'fine' })).toEqual(['status']);
  });
});
