import { describe, expect, it } from 'vitest';
import type { ObjectDefinition } from '../data/object.zod.js';
import { assertDeployable, convertRow } from './assert-deployable.js';
import { objectModel } from './object-model.js';

const item = (fields: ObjectDefinition['fields'], rest: Partial<ObjectDefinition> = {}) =>
  objectModel({ name: 'item', fields, ...rest });
const text = { type: 'text' } as const;
const index = { fields: ['name'], unique: true, partial: "state = 'open'" };
const FIELDS = {
  name: { type: 'text', unique: true, caseSensitive: false, storage: { notNull: true } },
  state: text,
  owner: { type: 'lookup', reference: 'person' },
} as const;
const DEPLOYED = item(FIELDS, { indexes: [index] });

describe('assertDeployable', () => {
  it('accepts the same object, new fields and other rules of values', () => {
    expect(() => assertDeployable(DEPLOYED, DEPLOYED)).not.toThrow();
    const more = item({ ...FIELDS, state: { ...text, required: true }, size: text }, { indexes: [index] });
    expect(() => assertDeployable(DEPLOYED, more)).not.toThrow();
  });

  it.each<[string, ObjectDefinition['fields'], Partial<ObjectDefinition>, string]>([
    ['a removed field', { name: FIELDS.name, owner: FIELDS.owner }, { indexes: [index] }, 'state'],
    ['a removed index', FIELDS, {}, "name where state = 'open'"],
    [
      'a removed unique rule',
      { ...FIELDS, name: { ...FIELDS.name, unique: false } },
      { indexes: [index] },
      'name',
    ],
    [
      'a counted case',
      { ...FIELDS, name: { ...FIELDS.name, caseSensitive: true } },
      { indexes: [index] },
      'name',
    ],
    [
      'values that may be missing',
      { ...FIELDS, name: { ...FIELDS.name, storage: {} } },
      { indexes: [index] },
      'name',
    ],
    ['a lookup that becomes a text', { ...FIELDS, owner: text }, { indexes: [index] }, 'owner'],
  ])('rejects %s', (_what, fields, rest, change) => {
    const details = { changes: expect.arrayContaining([change]) };
    expect(() => assertDeployable(DEPLOYED, item(fields, rest))).toThrow(
      expect.objectContaining({ code: 'destructive_not_allowed', details }),
    );
  });
});

describe('convertRow', () => {
  const before = item({ size: text, note: text });

  it('preserves values, encodes those of another type again, and leaves new fields empty', () => {
    const after = item({ size: text, note: { type: 'textarea' }, added: text });
    expect(convertRow(before, after, { id: 'a', size: '5', note: 'n' })).toMatchObject({
      id: 'a',
      size: '5',
      note: 'n',
      added: null,
    });
  });

  it('rejects a value that the new type cannot store', () => {
    const details = { object: 'item', field: 'size' };
    expect(() => convertRow(before, item({ size: { type: 'number' } }), { id: 'a', size: 'x' })).toThrow(
      expect.objectContaining({ code: 'conversion_failed', details }),
    );
  });
});
