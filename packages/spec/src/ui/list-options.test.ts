import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  AddRecordConfigSchema,
  AppearanceConfigSchema,
  GroupingConfigSchema,
  NavigationConfigSchema,
  PaginationConfigSchema,
  RowColorConfigSchema,
  SelectionConfigSchema,
  UserActionsConfigSchema,
  ViewTabSchema,
} from './list-options.zod.js';

describe('SelectionConfigSchema', () => {
  it.each([{}, { type: 'multiple' }])('returns %j unchanged', (value) => {
    expect(SelectionConfigSchema.parse(value)).toEqual(value);
  });

  it.each([['type', { type: 'many' }]])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(SelectionConfigSchema, change)).toEqual([path]);
  });
});

describe('NavigationConfigSchema', () => {
  it.each([
    { mode: 'drawer', width: '640px' },
    { width: 640, openNewTab: true },
  ])('returns %j unchanged', (value) => {
    expect(NavigationConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['mode', { mode: 'sheet' }],
    ['width', { width: true }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(NavigationConfigSchema, change)).toEqual([path]);
  });
});

describe('PaginationConfigSchema', () => {
  it.each([{ pageSize: 25, pageSizeOptions: [10, 25] }])('returns %j unchanged', (value) => {
    expect(PaginationConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['pageSize', { pageSize: 0 }],
    ['pageSizeOptions.0', { pageSizeOptions: [0.5] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(PaginationConfigSchema, change)).toEqual([path]);
  });
});

describe('GroupingConfigSchema', () => {
  it.each([{ fields: [{ field: 'a', order: 'desc', collapsed: true }] }])('returns %j unchanged', (value) => {
    expect(GroupingConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['fields', {}],
    ['fields.0.order', { fields: [{ field: 'a', order: 'down' }] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(GroupingConfigSchema, change)).toEqual([path]);
  });
});

describe('RowColorConfigSchema', () => {
  it.each([{ field: 'a', colors: { high: 'red' } }])('returns %j unchanged', (value) => {
    expect(RowColorConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['field', {}],
    ['colors.high', { field: 'a', colors: { high: 1 } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(RowColorConfigSchema, change)).toEqual([path]);
  });
});

describe('UserActionsConfigSchema', () => {
  it.each([{}, { sort: false, buttons: ['a'] }])('returns %j unchanged', (value) => {
    expect(UserActionsConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['sort', { sort: 'no' }],
    ['buttons.0', { buttons: [1] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(UserActionsConfigSchema, change)).toEqual([path]);
  });
});

describe('AppearanceConfigSchema', () => {
  it.each([{ showDescription: false, allowedVisualizations: ['grid'] }])('returns %j unchanged', (value) => {
    expect(AppearanceConfigSchema.parse(value)).toEqual(value);
  });

  it.each([['allowedVisualizations.0', { allowedVisualizations: ['pie'] }]])(
    'rejects an invalid %s: %j',
    (path, change) => {
      expect(issuePaths(AppearanceConfigSchema, change)).toEqual([path]);
    },
  );
});

describe('ViewTabSchema', () => {
  it.each([{ name: 'a', view: 'b', filter: [{ field: 'c', operator: 'equals' }], order: 0 }])(
    'returns %j unchanged',
    (value) => {
      expect(ViewTabSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['name', { name: undefined }],
    ['order', { order: -1 }],
    ['filter.0.field', { filter: [{ operator: 'equals' }] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ViewTabSchema, { ...{ name: 'a' }, ...change })).toEqual([path]);
  });
});

describe('AddRecordConfigSchema', () => {
  it.each([{}, { position: 'both', mode: 'modal', formView: 'a' }])('returns %j unchanged', (value) => {
    expect(AddRecordConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['position', { position: 'left' }],
    ['mode', { mode: 'page' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(AddRecordConfigSchema, change)).toEqual([path]);
  });
});
