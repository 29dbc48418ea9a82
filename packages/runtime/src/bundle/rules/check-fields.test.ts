import { describe, expect, it } from 'vitest';
import { findingsOf, findingsOfField } from '../../../test/bundle-findings.js';
import { validateBundle } from '../validate-bundle.js';

const options = [
  { label: 'A', value: 'a' },
  { label: 'B', value: 'b' },
];

const summaryOperations = { object: 'account', field: 'id', function: 'sum' };

describe('checkFields', () => {
  it.each([
    { field: { type: 'text', name: 'subject' }, findings: [] },
    { field: { type: 'text', name: 'other' }, findings: ['error invalid_value ./name'] },
    { field: { type: 'number', min: 2, max: 2 }, findings: [] },
    { field: { type: 'number', min: 3, max: 2 }, findings: ['error invalid_value ./min'] },
    { field: { type: 'text', minLength: 3, maxLength: 2 }, findings: ['error invalid_value ./minLength'] },
    { field: { type: 'select', options }, findings: [] },
    {
      field: { type: 'select', options: [...options, ...options.slice(1)] },
      findings: ['error duplicate_name ./options/2/value'],
    },
    { field: { type: 'text', unique: true, index: true }, findings: [] },
    { field: { type: 'tags', unique: true }, findings: ['error invalid_value ./unique'] },
    { field: { type: 'text', multiple: true, unique: true }, findings: ['error invalid_value ./unique'] },
    {
      field: { type: 'formula', expression: '1', unique: true, index: true },
      findings: ['warning index_not_made ./index', 'error invalid_value ./unique'],
    },
  ])('finds $findings in $field', ({ field, findings }) => {
    expect(findingsOfField(field)).toEqual(findings);
  });

  it.each([
    { type: 'lookup', reference: 'account', findings: [] },
    { type: 'lookup', findings: ['error missing_reference .'] },
    { type: 'master_detail', findings: ['error missing_reference .'] },
    { type: 'tree', findings: [] },
    { type: 'lookup', reference: 'user', findings: ['warning unknown_object ./reference'] },
    { type: 'user', reference: 'account', findings: [] },
    { type: 'user', findings: ['warning unknown_object .'] },
    { type: 'secret', findings: ['error invalid_shape ./type'] },
    {
      type: 'lookup',
      reference: 'account',
      multiple: true,
      findings: ['info foreign_key_not_made ./multiple'],
    },
    { type: 'text', reference: 'user', findings: [] },
  ])('finds $findings for a $type to $reference', ({ findings, ...field }) => {
    expect(findingsOfField(field)).toEqual(findings);
  });

  it.each([
    { type: 'text', defaultValue: '' },
    { type: 'text', defaultValue: null },
    { type: 'text', maxLength: 2, defaultValue: '\u{1F600}\u{1F600}' },
    { type: 'number', defaultValue: 0 },
    { type: 'boolean', defaultValue: false },
    { type: 'date', defaultValue: '2024-02-29' },
    { type: 'date', defaultValue: 'TODAY()' },
    { type: 'datetime', defaultValue: '$now' },
    { type: 'lookup', reference: 'account', defaultValue: '{current_user}' },
    { type: 'time', defaultValue: '09:30' },
    { type: 'select', options, defaultValue: 'b' },
    { type: 'multiselect', options, defaultValue: ['a', 'b'] },
    { type: 'json', defaultValue: { any: ['thing'] } },
    { type: 'file', multiple: true, defaultValue: [{ url: 'x' }] },
    { type: 'formula', expression: '1', defaultValue: 1 },
    { type: 'email', defaultValue: 'ann@example.com' },
    { type: 'url', defaultValue: 'https://example.com' },
  ])('accepts the default of %o', (field) => {
    expect(findingsOfField(field)).toEqual([]);
  });

  it.each([
    { type: 'text', defaultValue: 1 },
    { type: 'text', maxLength: 1, defaultValue: 'ab' },
    { type: 'text', minLength: 3, defaultValue: 'ab' },
    { type: 'number', defaultValue: '1' },
    { type: 'number', max: 1, defaultValue: 2 },
    { type: 'number', min: 1, defaultValue: 0 },
    { type: 'number', defaultValue: 'NOW()' },
    { type: 'boolean', defaultValue: 1 },
    { type: 'date', defaultValue: '2023-02-29' },
    { type: 'date', defaultValue: '2024-02-29T00:00:00Z' },
    { type: 'date', defaultValue: '$currentUser' },
    { type: 'datetime', defaultValue: '2024-01-01' },
    { type: 'datetime', defaultValue: '2024-02-30T00:00:00Z' },
    { type: 'time', defaultValue: '24:00' },
    { type: 'select', options, defaultValue: 'c' },
    { type: 'select', options, defaultValue: '$now' },
    { type: 'multiselect', options, defaultValue: 'a' },
    { type: 'multiselect', options, defaultValue: ['a', 'c'] },
    { type: 'tags', defaultValue: [1] },
    { type: 'email', defaultValue: 'ann' },
    { type: 'url', defaultValue: 'javascript:alert(1)' },
  ])('rejects the default of %o', (field) => {
    expect(findingsOfField(field)).toEqual(['error invalid_default ./defaultValue']);
  });

  it.each([
    { type: 'text', backfill: 'a', required: true },
    { type: 'text', backfill: '' },
    { type: 'number', backfill: 0, required: true },
    { type: 'select', options, backfill: 'b' },
    { type: 'multiselect', options, backfill: ['a', 'b'] },
    { type: 'text', multiple: true, backfill: ['a'], required: true },
    { type: 'lookup', reference: 'account', backfill: 'a1' },
    { type: 'json', backfill: { any: ['thing'] } },
    { type: 'text', unique: true, backfill: 'a' },
  ])('accepts the backfill of %o', (field) => {
    expect(findingsOfField(field)).toEqual([]);
  });

  it.each([
    { type: 'text', backfill: 1 },
    { type: 'text', maxLength: 1, backfill: 'ab' },
    { type: 'number', max: 1, backfill: 2 },
    { type: 'date', backfill: '2023-02-29' },
    { type: 'date', backfill: 'TODAY()' },
    { type: 'text', backfill: '$currentUser' },
    { type: 'select', options, backfill: 'c' },
    { type: 'multiselect', options, backfill: 'a' },
    { type: 'text', multiple: true, backfill: 'a' },
    { type: 'lookup', reference: 'account', backfill: '' },
    { type: 'email', backfill: 'ann' },
    { type: 'autonumber', format: 'A{0}', backfill: 'A1' },
    { type: 'formula', expression: '1', backfill: 1 },
    { type: 'summary', summaryOperations, backfill: 1 },
    { type: 'text', required: true, backfill: '' },
    { type: 'text', required: true, backfill: null },
    { type: 'tags', required: true, backfill: [] },
  ])('rejects the backfill of %o', (field) => {
    expect(findingsOfField(field)).toEqual(['error invalid_backfill ./backfill']);
  });

  it('accepts a lookup to any object of the bundle, and suggests the closest name for an unknown one', () => {
    const lookup = (reference: string) => ({
      name: 'deal',
      fields: { owner: { type: 'lookup', reference } },
    });
    const person = { name: 'person', fields: {} };
    expect(findingsOf({ objects: [lookup('person'), person] })).toEqual([]);
    expect(findingsOf({ objects: [lookup('persn'), person] })).toHaveLength(1);
  });

  it.each([
    ['New', 'new'],
    ['closd', 'closed'],
    ['other', undefined],
  ])('suggests an option for the default %s', (defaultValue, suggestion) => {
    const values = ['new', 'closed'].map((value) => ({ label: value, value }));
    const fields = { a: { type: 'select', options: values, defaultValue } };
    const { issues } = validateBundle({ manifest: { version: '1.0.0' }, objects: [{ name: 'o', fields }] });
    expect(issues.map((issue) => [issue.code, issue.suggestion])).toEqual([['invalid_default', suggestion]]);
  });

  it('says that a reference to several objects is not supported', () => {
    const fields = { a: { type: 'lookup', reference: ['o', 'p'] } };
    const { issues } = validateBundle({ manifest: { version: '1.0.0' }, objects: [{ name: 'o', fields }] });
    expect(issues).toMatchObject([
      {
        path: '/objects/0/fields/a/reference',
        message: expect.stringContaining('one lookup for each object'),
      },
    ]);
  });

  const cel = (source: string) => ({ dialect: 'cel', source });
  const not = 'warning expression_not_evaluated ./defaultValue';

  it.each([
    { field: { type: 'date', defaultValue: cel('today()') }, findings: [] },
    { field: { type: 'text', defaultValue: cel('os.user.id') }, findings: [] },
    { field: { type: 'date', defaultValue: cel('null') }, findings: [] },
    { field: { type: 'json', defaultValue: { dialect: 'cron', source: '* * * * *' } }, findings: [] },
    { field: { type: 'date', defaultValue: cel('todday()') }, findings: [not] },
    { field: { type: 'date', defaultValue: cel('today(') }, findings: [not] },
    { field: { type: 'text', defaultValue: cel('record.name') }, findings: [not] },
    { field: { type: 'number', defaultValue: cel('today()') }, findings: [not] },
    { field: { type: 'number', max: 1, defaultValue: cel('2') }, findings: [not] },
    { field: { type: 'select', options, defaultValue: cel('"c"') }, findings: [not] },
    {
      field: { type: 'date', defaultValue: { dialect: 'cron', source: '1' } },
      findings: ['error invalid_default ./defaultValue'],
    },
  ])('finds $findings in $field', ({ field, findings }) => {
    expect(findingsOfField(field)).toEqual(findings);
  });
});
