import { describe, expect, it } from 'vitest';
import { LIMITS } from '../shared/limits.js';
import { checkChanges, checkNewRecord, type RecordFields } from './check-record.js';
import type { Field } from './field.zod.js';
import { fieldValueModel } from './field-value.js';
import { SYSTEM_FIELDS } from './system-fields.js';

const now = '2026-01-31T12:00:00.000Z';
const earlier = '2020-01-01T00:00:00.000Z';

const fieldsOf = (fields: Record<string, Field>): RecordFields =>
  new Map(
    Object.entries<Field>({ ...SYSTEM_FIELDS, ...fields }).map(([name, field]) => [
      name,
      fieldValueModel(field),
    ]),
  );

const ACCOUNT = fieldsOf({
  name: { type: 'text', required: true, minLength: 2 },
  status: { type: 'select', options: [{ label: 'Open', value: 'open', default: true }] },
  active: { type: 'boolean' },
  origin: { type: 'text', readonly: true, defaultValue: 'web' },
  author: { type: 'text', defaultValue: '$currentUser' },
  number: { type: 'autonumber', required: true },
  label: { type: 'formula' },
});

const created = (data: object, write: { system?: boolean; actor?: string } = {}) =>
  checkNewRecord(ACCOUNT, data as Record<string, unknown>, { id: 'new', now, ...write });
const changed = (data: object, write: { system?: boolean } = {}) =>
  checkChanges(ACCOUNT, data as Record<string, unknown>, { now, ...write });
const rules = (violations: readonly { field: string; rule: string }[]) =>
  violations.map(({ field, rule }) => `${field} ${rule}`).sort();

describe('checkNewRecord', () => {
  it('encodes given values and adds defaults, the id and the timestamps', () => {
    const { values, violations, permitted } = created(
      { name: 'Acme', active: true, status: undefined },
      { actor: 'u1' },
    );
    expect(Object.fromEntries(values)).toEqual({
      id: 'new',
      name: 'Acme',
      status: 'open',
      active: 1,
      origin: 'web',
      author: 'u1',
      created_at: now,
      updated_at: now,
    });
    expect([...violations, ...permitted]).toEqual([]);
  });

  it('prefers the id of the caller, and null to a default', () => {
    const { values } = created({ id: 'own', name: 'Acme', status: null });
    expect([values.get('id'), values.get('status')]).toEqual(['own', null]);
  });

  it('reports every violation', () => {
    const data = {
      ...{ name: 'A', active: 'yes', origin: 'x', number: '1', label: 'x', constructor: 1 },
      ...{ created_at: earlier, ['__proto__']: 1 },
    };
    expect(rules(created(data).violations)).toEqual(
      [
        ...['__proto__ unknown_field', 'constructor unknown_field', 'label computed', 'name min_length'],
        ...['active type', 'origin readonly', 'number readonly', 'created_at readonly'],
      ].sort(),
    );
  });

  it.each([
    [{}, ['name required']],
    [{ name: null }, ['name required']],
    [{ name: '' }, ['name min_length', 'name required']],
    [{ name: 'Acme', id: '' }, ['id required']],
    [{ name: 'Acme', id: 1 }, ['id type']],
  ])('requires values: %j', (data, expected) => {
    expect(rules(created(data).violations)).toEqual(expected);
  });

  it('permits a system write to set readonly fields, and to violate required and option', () => {
    const data = { status: 'odd', origin: 'import', number: '7', created_at: earlier };
    const { values, violations, permitted } = created(data, { system: true });
    expect(violations).toEqual([]);
    expect(rules(permitted)).toEqual(['name required', 'status option']);
    expect([values.get('origin'), values.get('number'), values.get('created_at')]).toEqual([
      'import',
      '7',
      earlier,
    ]);
    expect(rules(created({ id: '' }, { system: true }).violations)).toEqual(['id required']);
  });

  it('limits the bytes of all values together', () => {
    const fields = fieldsOf({ a: { type: 'textarea' }, b: { type: 'textarea' }, c: { type: 'text' } });
    const most = 'x'.repeat(LIMITS.maxValueBytes);
    const { violations } = checkNewRecord(fields, { a: most, b: most, c: 'x' }, { id: 'new', now });
    expect(rules(violations)).toEqual(['a max_bytes']);
  });
});

describe('checkChanges', () => {
  it('encodes given values only, with the time of the write', () => {
    const { values, violations } = changed({ active: false, name: undefined });
    expect(Object.fromEntries(values)).toEqual({ active: 0, updated_at: now });
    expect(violations).toEqual([]);
  });

  it.each([
    [{ id: 'other' }, ['id readonly']],
    [{ name: null }, ['name required']],
    [{ name: 7 }, ['name type']],
    [{ nothing: 1 }, ['nothing unknown_field']],
    [{ updated_at: earlier }, ['updated_at readonly']],
  ])('reports the violations of %j', (data, expected) => {
    expect(rules(changed(data).violations)).toEqual(expected);
  });

  it('permits a system write to set the time of the write, but not the id', () => {
    const { values, violations, permitted } = changed(
      { id: 'x', name: null, updated_at: earlier },
      { system: true },
    );
    expect(values.get('updated_at')).toBe(earlier);
    expect(rules(violations)).toEqual(['id readonly']);
    expect(rules(permitted)).toEqual(['name required']);
  });
});
