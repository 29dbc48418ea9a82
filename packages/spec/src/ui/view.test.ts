import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import { ViewSchema } from './view.zod.js';

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
    { name: 'account', madeUp: { by: 'author' } },
  ])('returns %j unchanged', (view) => {
    expect(ViewSchema.parse(view)).toEqual(view);
  });

  it.each([
    ['name', { name: 'My view' }],
    ['name', {}],
  ])('rejects an invalid %s', (path, view) => {
    expect(issuePaths(ViewSchema, view)).toEqual([path]);
  });

  it.each([
    ['list.columns', { name: 'v', list: {} }],
    ['listViews.mine.type', { name: 'v', listViews: { mine: { ...list, type: 'board' } } }],
    ['formViews.short.type', { name: 'v', formViews: { short: { type: 'popup' } } }],
  ])('keeps an unknown shape of %s', (path, change) => {
    const value = change;
    expect(ViewSchema.parse(value)).toEqual(value);
    expect(unknownShapes(ViewSchema, value)).toEqual([path]);
  });
});
