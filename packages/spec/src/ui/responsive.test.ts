import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { BreakpointEnum, PerformanceConfigSchema, ResponsiveConfigSchema } from './responsive.zod.js';

describe('BreakpointEnum', () => {
  it.each(['xs', '2xl'])('returns %j unchanged', (value) => {
    expect(BreakpointEnum.parse(value)).toEqual(value);
  });

  it.each([['', '3xl']])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(BreakpointEnum, change)).toEqual([path]);
  });
});

describe('ResponsiveConfigSchema', () => {
  it.each([{ breakpoint: 'md', hiddenOn: ['xs'], columns: { xs: 12, '2xl': 3 }, order: { sm: 2 } }])(
    'returns %j unchanged',
    (value) => {
      expect(ResponsiveConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['columns.xs', { columns: { xs: 13 } }],
    ['columns', { columns: { huge: 1 } }],
    ['hiddenOn.0', { hiddenOn: ['tiny'] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ResponsiveConfigSchema, change)).toEqual([path]);
  });
});

describe('PerformanceConfigSchema', () => {
  it.each([{ lazyLoad: true, virtualScroll: { enabled: true, overscan: 3 }, debounceMs: 200 }])(
    'returns %j unchanged',
    (value) => {
      expect(PerformanceConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['cacheStrategy', { cacheStrategy: 'always' }],
    ['virtualScroll.itemHeight', { virtualScroll: { itemHeight: 'tall' } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(PerformanceConfigSchema, change)).toEqual([path]);
  });
});
