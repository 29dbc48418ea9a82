import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { ColumnSummaryEnum, ListColumnSchema } from './list-column.zod.js';

describe('ListColumnSchema', () => {
  it('accepts layout options', () => {
    const column = { field: 'name', pinned: 'left', link: true, extra: 1 };
    expect(ListColumnSchema.parse(column)).toEqual(column);
  });

  it('requires a field', () => {
    expect(issuePaths(ListColumnSchema, { label: 'Name' })).toEqual(['field']);
  });
});

describe('ColumnSummaryEnum', () => {
  it.each(['none', 'percent_filled'])('returns %j unchanged', (value) => {
    expect(ColumnSummaryEnum.parse(value)).toEqual(value);
  });

  it.each([['', 'median']])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ColumnSummaryEnum, change)).toEqual([path]);
  });
});
