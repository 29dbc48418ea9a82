import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../test/bundle-findings.js';
import { validateBundle } from '../validate-bundle.js';

const fields = {
  name: { type: 'text' },
  email: { type: 'email', required: true, unique: true, caseSensitive: false },
  number: { type: 'autonumber', required: true },
  state: { type: 'select', required: true, options: [{ label: 'New', value: 'new', default: true }] },
  rank: { type: 'number', required: true, defaultValue: 1, max: 9 },
  born: { type: 'date' },
  met: { type: 'datetime' },
  boss: { type: 'lookup', reference: 'person' },
  teams: { type: 'multiselect', options: [{ label: 'A', value: 'a' }] },
  home: { type: 'address' },
  full: { type: 'formula', expression: '1' },
  picked: { type: 'boolean', required: true, defaultValue: null },
  skills: { type: 'text', multiple: true, required: true, defaultValue: ['a'] },
  extra: { type: 'json', required: true, defaultValue: {} },
};
const filled = { name: 'Ann', email: 'ann@example.com', picked: true };

function findingsOfSet(set: Record<string, unknown>) {
  const findings = findingsOf({
    objects: [{ name: 'person', fields }],
    seedData: [{ object: 'person', ...set }],
  });
  return findings.map((finding) => finding.replace('/seedData/0', '.'));
}

describe('checkSeeds', () => {
  it.each([
    { what: 'a date', values: { born: '2001-02-03' } },
    { what: 'a timestamp for a date', values: { born: '2001-02-03T04:05:06.789Z' } },
    { what: 'a timestamp with an offset', values: { met: '2001-02-03T04:05:06+02:00' } },
    { what: 'a natural key', values: { boss: 'Ann' } },
    { what: 'an explicit autonumber', values: { number: 'P-7' } },
    { what: 'system fields', values: { id: 'p1', created_at: '2001-02-03T04:05:06Z' } },
    { what: 'a list', values: { teams: ['a'] } },
    { what: 'an object', values: { home: { city: 'Rome' } } },
    { what: 'an empty value', values: { born: null, boss: null } },
  ])('takes $what', ({ values }) => {
    expect(findingsOfSet({ records: [{ ...filled, ...values }] })).toEqual([]);
  });

  it.each([
    ['of a date', { born: 'today()' }, []],
    ['that is a timestamp for a date', { born: 'now()' }, []],
    ['that is a natural key', { boss: '"Ann"' }, []],
    [
      'with an unknown function',
      { born: 'birthday()' },
      ['warning expression_not_evaluated ./records/0/born'],
    ],
    ['of another type', { rank: '"7"' }, ['warning expression_not_evaluated ./records/0/rank']],
    [
      'without a value in a required field',
      { email: 'f()' },
      ['warning required_violation ./records/0', 'warning expression_not_evaluated ./records/0/email'],
    ],
    ['in a computed field', { full: '1' }, ['warning expression_not_evaluated ./records/0/full']],
    ['of a field that does not exist', { nam: '1' }, ['error unknown_field ./records/0/nam']],
  ])('checks the value of an expression %s', (_what, sources, findings) => {
    const values = Object.entries(sources).map(([name, source]) => [name, { dialect: 'cel', source }]);
    expect(findingsOfSet({ records: [{ ...filled, ...Object.fromEntries(values) }] })).toEqual(findings);
  });

  it.each<{ values: Record<string, unknown>; finding: string }>([
    { values: { nam: 'x' }, finding: 'error unknown_field ./records/0/nam' },
    { values: { constructor: 'x' }, finding: 'error unknown_field ./records/0/constructor' },
    { values: { full: 'x' }, finding: 'error computed_field_value ./records/0/full' },
    { values: { full: null }, finding: 'error computed_field_value ./records/0/full' },
    { values: { name: 7 }, finding: 'error invalid_value ./records/0/name' },
    { values: { rank: '7' }, finding: 'error invalid_value ./records/0/rank' },
    { values: { rank: 10 }, finding: 'error invalid_value ./records/0/rank' },
    { values: { born: '03.02.2001' }, finding: 'error invalid_value ./records/0/born' },
    { values: { met: '2001-02-03' }, finding: 'error invalid_value ./records/0/met' },
    { values: { boss: '' }, finding: 'error invalid_value ./records/0/boss' },
    { values: { boss: 7 }, finding: 'error invalid_value ./records/0/boss' },
    { values: { teams: 'a' }, finding: 'error invalid_value ./records/0/teams' },
    { values: { email: 'ann' }, finding: 'error invalid_value ./records/0/email' },
    { values: { email: null }, finding: 'warning required_violation ./records/0/email' },
    { values: { email: '' }, finding: 'warning required_violation ./records/0/email' },
    { values: { picked: null }, finding: 'warning required_violation ./records/0/picked' },
    { values: { skills: [] }, finding: 'warning required_violation ./records/0/skills' },
    { values: { extra: '' }, finding: 'warning required_violation ./records/0/extra' },
    { values: { state: 'old' }, finding: 'warning option_violation ./records/0/state' },
    { values: { teams: ['a', 'b'] }, finding: 'warning option_violation ./records/0/teams' },
  ])('finds $finding', ({ values, finding }) => {
    expect(findingsOfSet({ records: [{ ...filled, ...values }] })).toEqual([finding]);
  });

  it('warns of missing required fields in modes that insert records', () => {
    const records = [{ name: 'Ann' }];
    expect(findingsOfSet({ records })).toEqual(['warning required_violation ./records/0']);
    expect(findingsOfSet({ records, mode: 'update' })).toEqual([]);
  });

  it('lists the missing fields', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const required = Object.fromEntries(names.map((name) => [name, { type: 'text', required: true }]));
    const { issues } = validateBundle({
      manifest: { version: '1.0.0' },
      objects: [{ name: 'person', fields: required }],
      seedData: [{ object: 'person', externalId: 'b', records: [{ b: 'x' }] }],
    });
    expect(issues[0]?.message).toBe('The record lacks required fields: a, c, d, e, f and 1 more.');
  });

  it.each([
    { set: { externalId: 'email' }, findings: [] },
    { set: { externalId: ['name', 'email'] }, findings: [] },
    { set: { externalId: 'id' }, findings: ['warning required_violation ./records/0/id'] },
    { set: { externalId: 'code' }, findings: ['error unknown_field ./externalId'] },
    { set: { externalId: ['name', 'code'] }, findings: ['error unknown_field ./externalId/1'] },
    { set: { externalId: 'full' }, findings: ['error invalid_value ./externalId'] },
    { set: { externalId: 'code', mode: 'insert' }, findings: [] },
  ])('finds $findings for $set', ({ set, findings }) => {
    expect(findingsOfSet({ records: [filled], ...set })).toEqual(findings);
  });

  it('warns of records with the same key', () => {
    const records = [filled, { ...filled, name: 'Bob' }, { ...filled, rank: 2 }];
    expect(findingsOfSet({ records })).toEqual(['warning duplicate_name ./records/2']);
    const folded = [filled, { ...filled, name: 'Bob', email: 'ANN@example.com' }];
    expect(findingsOfSet({ records: folded, externalId: 'email' })).toEqual([
      'warning duplicate_name ./records/1',
    ]);
    expect(findingsOfSet({ records, externalId: ['name', 'rank'] })).toHaveLength(2);
  });

  it('warns of the records for an object outside the bundle, with their number', () => {
    const { valid, issues } = validateBundle({
      manifest: { version: '1.0.0' },
      objects: [{ name: 'person', fields }],
      seedData: [{ object: 'persn', records: [{ x: 1 }, { constructor: 2 }] }],
    });
    expect(valid).toBe(true);
    expect(issues).toEqual([
      {
        severity: 'warning',
        code: 'unknown_object',
        path: '/seedData/0/object',
        message: expect.stringContaining('skipped (2)'),
        suggestion: 'person',
      },
    ]);
  });

  it('does not include values of records', () => {
    const record = {
      name: 'canary',
      email: 'canary',
      rank: 'canary',
      state: 'canary',
      boss: 'canary',
      full: 'canary',
    };
    const result = validateBundle({
      manifest: { version: '1.0.0' },
      objects: [{ name: 'person', fields }],
      seedData: [{ object: 'person', records: [record, record] }],
    });
    expect(result.issues.length).toBeGreaterThan(4);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('warns of a set without a key for an object without the default key', () => {
    const seedData = [{ object: 'day', records: [{ on: '2001-02-03' }] }];
    const objects = [{ name: 'day', fields: { on: { type: 'date' } } }];
    expect(findingsOf({ objects, seedData })).toEqual(['warning unknown_field /seedData/0']);
  });
});
