import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { FormViewSchema, ListColumnSchema, ListViewSchema, ViewDataSchema, ViewSchema } from './view.zod.js';

const list = {
  type: 'kanban',
  columns: ['name', { field: 'stage', width: 120 }],
  kanban: { groupByField: 'stage' },
};
const form = { type: 'tabbed', sections: [{ label: 'Main', fields: ['name'] }] };

describe('ViewSchema', () => {
  it.each([
    { name: 'account' },
    { name: 'account', label: 'Accounts', object: 'account', list, form },
    { name: 'account', listViews: { mine: list }, formViews: { short: form } },
    { name: 'account', madeUp: { by: 'somebody' } },
  ])('keeps %j as it is', (view) => {
    expect(ViewSchema.parse(view)).toEqual(view);
  });

  it.each([
    ['name', { name: 'My view' }],
    ['name', {}],
    ['list.columns', { name: 'v', list: {} }],
    ['listViews.mine.type', { name: 'v', listViews: { mine: { ...list, type: 'board' } } }],
    ['formViews.short.type', { name: 'v', formViews: { short: { type: 'popup' } } }],
  ])('refuses a wrong %s', (path, view) => {
    expect(issuePaths(ViewSchema, view)).toEqual([path]);
  });
});

describe('ListViewSchema', () => {
  it.each(['grid', 'kanban', 'gallery', 'calendar', 'timeline', 'gantt', 'map'])(
    'knows the layout %s',
    (type) => {
      expect(ListViewSchema.parse({ type, columns: [] })).toEqual({ type, columns: [] });
    },
  );

  it.each([[{ columns: [7] }], [{ columns: [{ width: 5 }] }], [{ columns: 'name' }]])(
    'refuses %j',
    (value) => {
      expect(issuePaths(ListViewSchema, value)[0]).toMatch(/^columns/);
    },
  );
});

describe('ListColumnSchema', () => {
  it('keeps layout', () => {
    const column = { field: 'name', pinned: 'left', link: true, extra: 1 };
    expect(ListColumnSchema.parse(column)).toEqual(column);
  });

  it('needs a field', () => {
    expect(issuePaths(ListColumnSchema, { label: 'Name' })).toEqual(['field']);
  });
});

describe('FormViewSchema', () => {
  it.each(['simple', 'tabbed', 'wizard', 'split', 'drawer', 'modal'])('knows the layout %s', (type) => {
    expect(FormViewSchema.parse({ type })).toEqual({ type });
  });
});

describe('ViewDataSchema', () => {
  it.each([
    { provider: 'object', object: 'account' },
    { provider: 'api', read: { url: '/a' } },
    { provider: 'value', items: [] },
  ])('accepts %j', (data) => {
    expect(ViewDataSchema.parse(data)).toEqual(data);
  });

  it('refuses an unknown provider', () => {
    expect(issuePaths(ViewDataSchema, { provider: 'ftp' })).toEqual(['provider']);
  });
});
