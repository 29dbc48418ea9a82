import { describe, expect, it } from 'vitest';
import { FIELD_STORAGE, isList, isReference, referenceTarget, storageOf } from './field-storage.js';
import { type FieldType, FieldTypeEnum } from './field-type.zod.js';

const COLUMNS = {
  text: 'TEXT',
  number: 'REAL',
  boolean: 'INTEGER',
  date: 'TEXT',
  datetime: 'TEXT',
  time: 'TEXT',
  json: 'TEXT',
  computed: null,
};

describe('FIELD_STORAGE', () => {
  it.each(FieldTypeEnum.options)('%s has the column of its encoding', (type) => {
    const { column, encoding } = FIELD_STORAGE[type];
    expect(column).toBe(COLUMNS[encoding]);
  });

  it.each(FieldTypeEnum.options)('%s can be compared as its encoding allows', (type) => {
    const { encoding, comparand } = FIELD_STORAGE[type];
    const expected = encoding === 'json' || encoding === 'computed' ? 'presence' : 'ordered';
    expect(comparand).toBe(encoding === 'boolean' ? 'equal' : expected);
  });

  it.each([
    ['lookup', 'text'],
    ['autonumber', 'text'],
    ['currency', 'number'],
    ['toggle', 'boolean'],
    ['date', 'date'],
    ['datetime', 'datetime'],
    ['time', 'time'],
    ['tags', 'json'],
    ['address', 'json'],
    ['composite', 'json'],
    ['repeater', 'json'],
    ['record', 'json'],
    ['user', 'text'],
    ['formula', 'computed'],
    ['summary', 'computed'],
  ] as const)('%s is encoded as %s', (type, encoding) => {
    expect(FIELD_STORAGE[type].encoding).toBe(encoding);
  });
});

describe('storageOf', () => {
  it.each(FieldTypeEnum.options)('%s with multiple is a JSON list, unless nothing is stored', (type) => {
    const single = storageOf({ type });
    expect(single).toEqual(FIELD_STORAGE[type]);
    expect(storageOf({ type, multiple: false })).toEqual(single);
    const list = { column: 'TEXT', encoding: 'json', value: 'json', comparand: 'presence' };
    expect(storageOf({ type, multiple: true })).toEqual(single.column ? list : single);
  });
});

describe('isList', () => {
  it.each([
    ['multiselect', undefined, true],
    ['checkboxes', false, true],
    ['tags', undefined, true],
    ['lookup', true, true],
    ['lookup', false, false],
    ['json', undefined, false],
  ] as const)('of %s with multiple %s is %s', (type, multiple, expected) => {
    expect(isList({ type, ...(multiple !== undefined && { multiple }) })).toBe(expected);
  });
});

describe('isReference', () => {
  it('is true of the four types that refer to records', () => {
    const references = FieldTypeEnum.options.filter((type) => isReference({ type }));
    expect(references).toEqual(['lookup', 'master_detail', 'tree', 'user'] satisfies FieldType[]);
  });
});

describe('referenceTarget', () => {
  it.each([
    ['lookup', 'account', 'account'],
    ['master_detail', 'order', 'order'],
    ['tree', 'folder', 'folder'],
    ['tree', undefined, 'self'],
    ['user', undefined, 'user'],
    ['user', 'person', 'person'],
    ['lookup', undefined, undefined],
    ['text', 'account', undefined],
  ] as const)('of %s with reference %s is %s', (type, reference, expected) => {
    expect(referenceTarget({ type, ...(reference && { reference }) }, 'self')).toBe(expected);
  });
});
