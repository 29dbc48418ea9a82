import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import { IndexSchema, ObjectDefinitionSchema } from './object.zod.js';

const object = {
  name: 'account',
  label: 'Account',
  fields: { name: { type: 'text' }, parent: { type: 'lookup', reference: 'account' } },
  indexes: [{ fields: ['name', 'parent'], unique: true }],
  validations: [{ type: 'unique', name: 'one_name', message: 'Taken.', fields: ['name'] }],
  displayNameField: 'name',
};

describe('ObjectDefinitionSchema', () => {
  it.each([
    object,
    { name: 'empty', fields: {} },
    { ...object, enable: { trackHistory: true }, madeUp: ['by', 'author'] },
    { ...object, renamedFrom: 'customer' },
    { ...object, renamedFrom: ['client', 'customer'] },
  ])('returns %j unchanged', (value) => {
    expect(ObjectDefinitionSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['name', { name: 'Account' }],
    ['fields', { fields: undefined }],
    ['fields', { fields: [{ name: 'a', type: 'text' }] }],
    ['fields.First Name', { fields: { 'First Name': { type: 'text' } } }],
    ['fields.name.type', { fields: { name: { type: 'string' } } }],
    ['indexes.0.fields', { indexes: [{ fields: [] }] }],
    ['indexes.0.type', { indexes: [{ fields: ['name'], type: 'rtree' }] }],
    ['validations.0.type', { validations: [{ type: 'magic', name: 'm', message: 'm' }] }],
    ['renamedFrom', { renamedFrom: 'Old name' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ObjectDefinitionSchema, { ...object, ...change })).toEqual([path]);
  });

  it.each([
    ['tags', { tags: 'a' }],
    ['sharingModel', { sharingModel: 'public' }],
    ['keyPrefix', { keyPrefix: 'toolong' }],
    ['stateMachines.m.initial', { stateMachines: { m: { id: 'm', states: {} } } }],
    ['actions.0.label', { actions: [{ name: 'a' }] }],
  ])('keeps an unknown shape of %s: %j', (path, change) => {
    const value = { ...object, ...change };
    expect(ObjectDefinitionSchema.parse(value)).toEqual(value);
    expect(unknownShapes(ObjectDefinitionSchema, value)).toEqual([path]);
  });
});

describe('IndexSchema', () => {
  it.each(['btree', 'hash', 'gin', 'gist', 'fulltext'])('accepts the type %s', (type) => {
    expect(IndexSchema.parse({ fields: ['a'], type })).toEqual({ fields: ['a'], type });
  });
});
