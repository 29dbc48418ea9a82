import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { DriverCapabilitiesSchema } from './driver.zod.js';

describe('DriverCapabilitiesSchema', () => {
  it('defaults every undeclared capability to false', () => {
    const { isolationLevels, lockBudgetMs, sqlDialect, sqlPlaceholders, ...flags } =
      DriverCapabilitiesSchema.parse({});
    expect(isolationLevels).toEqual([]);
    expect([lockBudgetMs, sqlDialect, sqlPlaceholders]).toEqual([null, null, null]);
    expect(Object.keys(flags)).toHaveLength(29);
    expect(new Set(Object.values(flags))).toEqual(new Set([false]));
  });

  it('returns declared capabilities unchanged', () => {
    expect(DriverCapabilitiesSchema.parse({ joins: true, isolationLevels: ['serializable'] })).toMatchObject({
      joins: true,
      rawSql: false,
      isolationLevels: ['serializable'],
    });
  });

  it.each([
    ['joins', { joins: 'yes' }],
    ['sqlDialect', { sqlDialect: 'SQLite' }],
    ['isolationLevels.0', { isolationLevels: ['chaos'] }],
    ['lockBudgetMs', { lockBudgetMs: 0 }],
    ['', { telepathy: true }],
  ])('rejects at "%s": %j', (path, value) => {
    expect(issuePaths(DriverCapabilitiesSchema, value)).toEqual([path]);
  });
});
