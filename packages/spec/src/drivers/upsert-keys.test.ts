import { describe, expect, it } from 'vitest';
import { hasValues } from './is-same-value.js';
import { objectModel } from './object-model.js';
import { upsertChanges, upsertKeys, upsertTarget } from './upsert-keys.js';

const ACCOUNT = objectModel({
  name: 'account',
  fields: {
    code: { type: 'text', unique: true, caseSensitive: false },
    since: { type: 'datetime' },
    tags: { type: 'tags' },
    total: { type: 'summary' },
    no: { type: 'autonumber' },
  },
});
const violated = (violations: object[]) =>
  expect.objectContaining({ code: 'validation_failed', details: { object: 'account', violations } });

describe('upsertKeys', () => {
  it('encodes the values of the keys', () => {
    const data = { code: 'C1', since: '2026-01-31T14:00:00+01:00' };
    const keys = upsertKeys(ACCOUNT, data, ['code', 'since']);
    expect([...keys]).toEqual([
      ['code', 'C1'],
      ['since', '2026-01-31T13:00:00.000Z'],
    ]);
    expect(hasValues(ACCOUNT, { code: 'c1', since: '2026-01-31T13:00:00.000Z' }, keys)).toBe(true);
    expect(hasValues(ACCOUNT, { code: 'c1' }, keys)).toBe(false);
    expect(hasValues(ACCOUNT, {}, [['nothing', null]])).toBe(false);
  });

  it('rejects every key that cannot be compared', () => {
    const data = { code: { $ne: null }, since: undefined, tags: ['a'], total: 1 };
    expect(() => upsertKeys(ACCOUNT, data, ['code', 'since', 'no', 'tags', 'total', 'nothing'])).toThrow(
      violated([
        { field: 'code', rule: 'type' },
        { field: 'since', rule: 'required' },
        { field: 'no', rule: 'required' },
        { field: 'tags', rule: 'type' },
        { field: 'total', rule: 'computed' },
        { field: 'nothing', rule: 'unknown_field' },
      ]),
    );
  });

  it('rejects an empty list, and what is no list', () => {
    expect(() => upsertKeys(ACCOUNT, {}, [])).toThrow(violated([]));
    const path = '/conflictKeys';
    expect(() => upsertKeys(ACCOUNT, {}, 'code' as never)).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { path } }),
    );
  });
});

describe('upsertChanges', () => {
  it('preserves keys, id, creation time and autonumbers', () => {
    const data = { id: 'a1', code: 'C1', tags: ['a'], no: '7', created_at: 'x', updated_at: 'y' };
    expect(upsertChanges(ACCOUNT, data, ['code'])).toEqual({ tags: ['a'], updated_at: 'y' });
  });
});

describe('upsertTarget', () => {
  const rows = [
    { id: 'a', code: 'C1' },
    { id: 'b', code: 'C2', since: null },
    { id: 'c', code: 'C2' },
  ];
  const targetOf = (code: string) => upsertTarget(ACCOUNT, rows, { data: { code }, keys: ['code'] });

  it('returns the row with the values of the keys, if there is one', () => {
    expect(targetOf('c1')).toBe(rows[0]);
    expect(targetOf('C3')).toBeUndefined();
  });

  it('rejects keys that several rows have', () => {
    const details = { object: 'account', fields: ['code'] };
    expect(() => targetOf('C2')).toThrow(expect.objectContaining({ code: 'unique_violation', details }));
  });
});
