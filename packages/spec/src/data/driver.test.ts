import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { DriverCapabilitiesSchema } from './driver.zod.js';

describe('DriverCapabilitiesSchema', () => {
  it('defaults every undeclared capability to false', () => {
    const { isolationLevels, lockBudgetMs, ...flags } = DriverCapabilitiesSchema.parse({});
    expect(isolationLevels).toEqual([]);
    expect(lockBudgetMs).toBeNull();
    expect(Object.keys(flags)).toHaveLength(31);
    expect(new Set(Object.values(flags))).toEqual(new Set([false]));
  });

  it('returns declared capabilities unchanged', () => {
    expect(DriverCapabilitiesSchema.parse({ create: true, isolationLevels: ['serializable'] })).toMatchObject(
      {
        create: true,
        read: false,
        isolationLevels: ['serializable'],
      },
    );
  });

  it.each([
    ['create', { create: 'yes' }],
    ['isolationLevels.0', { isolationLevels: ['chaos'] }],
    ['lockBudgetMs', { lockBudgetMs: 0 }],
    ['', { telepathy: true }],
  ])('rejects at "%s": %j', (path, value) => {
    expect(issuePaths(DriverCapabilitiesSchema, value)).toEqual([path]);
  });
});
