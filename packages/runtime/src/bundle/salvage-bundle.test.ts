import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../test/bundle-findings.js';
import { validateBundle } from './validate-bundle.js';

const account = { name: 'account', fields: { name: { type: 'text' } } };
const shape = (path: string) => `error invalid_shape ${path}`;

/** A bundle with one shape error, in which everything else refers to the broken part, and is correct. */
const FOLLOW_UPS: [what: string, bundle: Record<string, unknown>, findings: string[]][] = [
  [
    'a field that everything uses',
    {
      objects: [
        {
          name: 'account',
          fields: {
            name: { type: 'txt' },
            number: { type: 'autonumber', format: '{name}-{000}' },
          },
          displayNameField: 'name',
          indexes: [{ fields: ['name'], partial: "name <> ''" }],
          validations: [{ name: 'u', type: 'unique', message: 'No.', fields: ['name'] }],
          compactLayout: ['name'],
        },
      ],
      views: [{ name: 'all', object: 'account', list: { columns: ['name'] } }],
      seedData: [{ object: 'account', records: [{ name: 1 }] }],
    },
    [shape('/objects/0/fields/name/type')],
  ],
  [
    'the name of an object that everything uses, as written and as it should be',
    {
      manifest: { version: '1.0.0', objects: ['account', 'contact'] },
      objects: [
        { ...account, name: 'Account' },
        {
          name: 'contact',
          fields: { name: { type: 'text' }, account: { type: 'lookup', reference: 'account' } },
        },
      ],
      views: [{ name: 'all', object: 'Account', list: { columns: ['name'] } }],
      seedData: [{ object: 'account', records: [{ name: 'Acme' }] }],
    },
    [shape('/objects/0/name')],
  ],
  [
    'an object without a name',
    { objects: [{ fields: {} }], seedData: [{ object: 'account', records: [{ name: 'Acme' }] }] },
    [shape('/objects/0/name')],
  ],
  [
    'two objects without names',
    { objects: [{ fields: {} }, { fields: {} }] },
    [shape('/objects/0/name'), shape('/objects/1/name')],
  ],
  [
    'objects that are no list',
    { objects: 'x', seedData: [{ object: 'a', records: [] }] },
    [shape('/objects')],
  ],
  [
    'an item that is no object',
    { objects: ['x'], views: [{ name: 'v', object: 'a' }] },
    [shape('/objects/0')],
  ],
  [
    'fields that are no object',
    { objects: [{ name: 'a', fields: [], displayNameField: 'x', indexes: [{ fields: ['x'] }] }] },
    [shape('/objects/0/fields')],
  ],
  [
    'an invalid key of a field',
    {
      objects: [{ name: 'a', fields: { 'Due Date': { type: 'date' } }, indexes: [{ fields: ['due_date'] }] }],
    },
    [shape('/objects/0/fields/Due Date')],
  ],
  [
    'a view without a name in a complete manifest',
    { manifest: { version: '1.0.0', views: ['all'] }, views: [{ object: 'account' }], objects: [account] },
    [shape('/views/0/name')],
  ],
  [
    'names of the manifest that are no list',
    { manifest: { version: '1.0.0', objects: 7 }, objects: [account] },
    [shape('/manifest/objects')],
  ],
  [
    'the mode of seeds',
    {
      objects: [{ ...account, fields: { name: { type: 'text', required: true } } }],
      seedData: [{ object: 'account', mode: 'upsrt', records: [{}, {}] }],
    },
    [shape('/seedData/0/mode')],
  ],
  [
    'an index and a rule',
    { objects: [{ ...account, indexes: [{ fields: [] }, 7], validations: [{ type: 'uniq' }] }] },
    [
      shape('/objects/0/indexes/0/fields'),
      shape('/objects/0/indexes/1'),
      shape('/objects/0/validations/0/type'),
    ],
  ],
  [
    'a field and the object around it',
    { objects: [7], seedData: 7 },
    [shape('/objects/0'), shape('/seedData')],
  ],
];

describe('salvageBundle', () => {
  it.each(FOLLOW_UPS)('reports only %s', (_what, bundle, findings) => {
    const relevant = findingsOf(bundle).filter((finding) => !/unknown_shape|foreign_key/.test(finding));
    expect(relevant).toEqual(findings);
  });

  it('checks everything else beside errors of the shape', () => {
    const findings = findingsOf({
      manifest: { version: '1' },
      objects: [
        {
          name: 'account',
          displayNameField: 'nam',
          fields: {
            name: { type: 'text', maxLength: 'x' },
            size: { type: 'number', min: 5, max: 1 },
            owner: { type: 'lookup' },
          },
          indexes: [{ fields: [] }, { fields: ['sise'] }],
          label: 'Account',
        },
        { name: 'account', fields: {} },
      ],
      views: 'x',
      seedData: [
        { object: 'account', records: 7 },
        { object: 'acount', records: [] },
      ],
    });
    expect(findings).toEqual([
      shape('/manifest/version'),
      shape('/objects/0/fields/name/maxLength'),
      'error missing_reference /objects/0/fields/owner',
      'error invalid_value /objects/0/fields/size/min',
      shape('/objects/0/indexes/0/fields'),
      'error unknown_field /objects/0/indexes/1/fields/0',
      'error duplicate_name /objects/1/name',
      shape('/seedData/0/records'),
      'warning unknown_object /seedData/1/object',
      shape('/views'),
    ]);
  });

  it('keeps the positions of the other parts', () => {
    const field = { type: 'number', min: 2, max: 1 };
    const objects = ['x', { name: 'a', fields: { Bad: field, b: field } }];
    expect(findingsOf({ objects })).toEqual([
      shape('/objects/0'),
      shape('/objects/1/fields/Bad'),
      'error invalid_value /objects/1/fields/b/min',
    ]);
  });

  it('reports a misspelled required key once', () => {
    expect(findingsOf({ objects: [{ name: 'a', fields: { b: { typ: 'text' } } }] })).toEqual([
      'error misspelled_key /objects/0/fields/b/typ',
    ]);
  });

  it('leaves the quota of objects to a plan', () => {
    const objects = Array.from({ length: 60 }, (_, index) => ({ name: `o${index}`, fields: {} }));
    const bundle = { manifest: {}, objects };
    const codes = validateBundle(bundle, { plan: 'free' }).issues.map(({ code }) => code);
    expect(codes).toEqual(['invalid_shape', 'quota_exceeded']);
  });
});
