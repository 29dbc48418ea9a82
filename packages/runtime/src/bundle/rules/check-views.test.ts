import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../test/bundle-findings.js';

const objects = [{ name: 'account', fields: { name: { type: 'text' }, owner: { type: 'tree' } } }];

function findingsOfView(view: Record<string, unknown>) {
  const findings = findingsOf({ objects, views: [{ name: 'a', object: 'account', ...view }] });
  return findings.map((finding) => finding.replace('/views/0', '.'));
}

describe('checkViews', () => {
  it.each([
    { view: { list: { columns: ['name', { field: 'owner' }, 'owner.name', 'created_at'] } }, findings: [] },
    { view: { object: 'acount' }, findings: ['warning unknown_object ./object'] },
    { view: { list: { columns: ['name', 'x'] } }, findings: ['warning unknown_field ./list/columns/1'] },
    {
      view: { list: { columns: [{ field: 'x' }] } },
      findings: ['warning unknown_field ./list/columns/0/field'],
    },
    { view: { list: { columns: ['x.name'] } }, findings: ['warning unknown_field ./list/columns/0'] },
    {
      view: {
        list: {
          columns: [],
          filter: [{ field: 'x', operator: 'equals' }],
          sort: [{ field: 'y', order: 'asc' }],
        },
      },
      findings: ['warning unknown_field ./list/filter/0/field', 'warning unknown_field ./list/sort/0/field'],
    },
    { view: { list: { columns: [], sort: 'x desc' } }, findings: [] },
    {
      view: { list: { columns: [], filter: ['x', '=', 1] } },
      findings: [0, 1, 2].map((place) => `warning unknown_shape ./list/filter/${place}`),
    },
    {
      view: { form: { sections: [{ fields: ['name', 'x', { field: 'y' }] }] } },
      findings: [
        'warning unknown_field ./form/sections/0/fields/1',
        'warning unknown_field ./form/sections/0/fields/2/field',
      ],
    },
    {
      view: { listViews: { all: { columns: ['x'] } }, formViews: { edit: { groups: [{ fields: ['y'] }] } } },
      findings: [
        'warning unknown_field ./formViews/edit/groups/0/fields/0',
        'warning unknown_field ./listViews/all/columns/0',
      ],
    },
    { view: { list: { data: { provider: 'api' }, columns: ['x'] } }, findings: [] },
    {
      view: { list: { data: { provider: 'object', object: 'lead' }, columns: ['x'] } },
      findings: ['warning unknown_object ./list/data/object'],
    },
    {
      view: { object: 'lead', list: { data: { provider: 'object', object: 'account' }, columns: ['x'] } },
      findings: ['warning unknown_field ./list/columns/0', 'warning unknown_object ./object'],
    },
  ])('finds $findings', ({ view, findings }) => {
    expect(findingsOfView(view)).toEqual(findings);
  });

  it('does not check the fields of a view without an object', () => {
    expect(findingsOf({ objects, views: [{ name: 'a', list: { columns: ['x'] } }] })).toEqual([]);
  });
});
