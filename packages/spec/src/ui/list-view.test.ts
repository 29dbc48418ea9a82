import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { ListViewSchema } from './list-view.zod.js';

describe('ListViewSchema', () => {
  it.each(['grid', 'kanban', 'gallery', 'calendar', 'timeline', 'gantt', 'map'])(
    'accepts the layout %s',
    (type) => {
      expect(ListViewSchema.parse({ type, columns: [] })).toEqual({ type, columns: [] });
    },
  );

  it.each([[{ columns: [7] }], [{ columns: [{ width: 5 }] }], [{ columns: 'name' }]])(
    'rejects %j',
    (value) => {
      expect(issuePaths(ListViewSchema, value)[0]).toMatch(/^columns/);
    },
  );
});

describe('each key of ListViewSchema', () => {
  it.each([
    ['data.provider', { data: { provider: 'ftp' } }],
    ['filter.0.field', { filter: [{ operator: 'equals' }] }],
    ['sort', { sort: 7 }],
    ['quickFilters.0.operator', { quickFilters: [{ field: 'a', operator: 'like' }] }],
    ['kanban.groupByField', { kanban: { columns: [] } }],
    ['sharing.type', { sharing: { type: 'public' } }],
    ['rowHeight', { rowHeight: 'huge' }],
    ['conditionalFormatting.0.style', { conditionalFormatting: [{ condition: 'a' }] }],
    ['exportOptions.0', { exportOptions: ['docx'] }],
    ['emptyState.title', { emptyState: { title: 1 } }],
    ['map', { map: [] }],
    ['aria.ariaLabel', { aria: { ariaLabel: 1 } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ListViewSchema, { columns: [], ...change })).toEqual([path]);
  });

  it.each([{ sort: 'name desc' }, { sort: [{ field: 'a' }] }, { emptyState: {} }, { madeUp: 1 }])(
    'keeps %j',
    (value) => {
      expect(ListViewSchema.parse({ columns: [], ...value })).toEqual({ columns: [], ...value });
    },
  );
});
