import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import { DeleteBehaviorEnum, FieldSchema, FieldStorageOptionsSchema } from './field.zod.js';
import { FieldTypeEnum } from './field-type.zod.js';

describe('FieldSchema', () => {
  it.each(FieldTypeEnum.options)('accepts a field of type %s and adds nothing', (type) => {
    expect(FieldSchema.parse({ type })).toEqual({ type });
  });

  it.each([
    { type: 'text', minLength: 0, maxLength: 1, unique: true, caseSensitive: false },
    { type: 'number', min: -1.5, max: 1.5, defaultValue: 0 },
    { type: 'select', options: [{ label: 'High', value: 'HIGH priority', default: true, order: 1 }] },
    { type: 'lookup', reference: 'account', deleteBehavior: 'restrict', multiple: true },
    { type: 'datetime', defaultValue: 'NOW()' },
    { type: 'number', required: true, backfill: 0 },
    { type: 'formula', expression: { dialect: 'cel', source: 'a + b' } },
    { type: 'text', storage: { notNull: true }, renamedFrom: 'old_name' },
    { type: 'text', madeUp: { by: 'author' }, defaultValue: null },
    { type: 'text', unique: 'organization' },
    { type: 'text', unique: 'tenant' },
    { type: 'summary', summaryOperations: { object: 'line', field: 'amount', function: 'sum' } },
  ])('returns %j unchanged', (field) => {
    expect(FieldSchema.parse(field)).toEqual(field);
  });

  it.each([
    ['type', { type: 'string' }],
    ['type', {}],
    ['name', { type: 'text', name: 'First Name' }],
    ['required', { type: 'text', required: 'yes' }],
    ['minLength', { type: 'text', minLength: -1 }],
    ['maxLength', { type: 'text', maxLength: 0 }],
    ['max', { type: 'number', max: '9' }],
    ['reference', { type: 'lookup', reference: '' }],
    ['deleteBehavior', { type: 'lookup', reference: 'a', deleteBehavior: 'ignore' }],
    ['options.0.value', { type: 'select', options: [{ label: 'None', value: '' }] }],
    ['storage.notNull', { type: 'text', storage: { notNull: 1 } }],
    ['renamedFrom', { type: 'text', renamedFrom: 'Old' }],
    ['unique', { type: 'text', unique: 'app' }],
  ])('rejects an invalid %s: %j', (path, field) => {
    expect(issuePaths(FieldSchema, field)).toEqual([path]);
  });

  it.each([
    ['options.0.label', { type: 'select', options: [{ value: 'a' }] }],
    ['addressFormat', { type: 'address', addressFormat: 'fr' }],
    ['colorFormat', { type: 'color', colorFormat: 'cmyk' }],
    ['barcodeFormat', { type: 'qrcode', barcodeFormat: 'aztec' }],
    ['qrErrorCorrection', { type: 'qrcode', qrErrorCorrection: 'X' }],
    ['marks.0', { type: 'slider', marks: { 0: 1 } }],
    ['vectorConfig.dimensions', { type: 'vector', vectorConfig: {} }],
  ])('keeps an unknown shape of %s: %j', (path, change) => {
    const value = change;
    expect(FieldSchema.parse(value)).toEqual(value);
    expect(unknownShapes(FieldSchema, value)).toEqual([path]);
  });
});

describe('DeleteBehaviorEnum', () => {
  it('has the three behaviors', () => {
    expect(DeleteBehaviorEnum.options).toEqual(['set_null', 'cascade', 'restrict']);
  });
});

describe('FieldStorageOptionsSchema', () => {
  it('retains unknown keys', () => {
    expect(FieldStorageOptionsSchema.parse({ notNull: false, engine: 'x' })).toEqual({
      notNull: false,
      engine: 'x',
    });
  });
});
