import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import {
  FieldPermissionSchema,
  ObjectPermissionSchema,
  PermissionSetSchema,
  RowLevelSecuritySchema,
} from './permission.zod.js';

const set = {
  name: 'sales',
  label: 'Sales',
  objects: { account: { allowRead: true, allowEdit: false, viewAllRecords: true } },
  fields: { 'account.revenue': { readable: true, editable: false } },
  rowLevelSecurity: [
    { name: 'own', object: 'account', operation: 'select', using: 'owner_id = current_user_id()' },
  ],
};

describe('PermissionSetSchema', () => {
  it.each([set, { name: 'none', objects: {} }, { ...set, madeUp: 1 }])('returns %j unchanged', (value) => {
    expect(PermissionSetSchema.parse(value)).toEqual(value);
  });

  it.each([['name', { name: 'Sales' }]])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(PermissionSetSchema, { ...set, ...change })).toEqual([path]);
  });

  it.each([
    ['objects', { objects: undefined }],
    ['objects', { objects: [] }],
    ['objects.account.allowRead', { objects: { account: { allowRead: 'yes' } } }],
    ['fields.account.revenue.editable', { fields: { 'account.revenue': { editable: 1 } } }],
    ['systemPermissions.0', { systemPermissions: [1] }],
    ['tabPermissions.home', { tabPermissions: { home: 'shown' } }],
    ['rowLevelSecurity.0.name', { rowLevelSecurity: [{ object: 'a', operation: 'all' }] }],
  ])('keeps an unknown shape of %s: %j', (path, change) => {
    const value = { ...set, ...change };
    expect(PermissionSetSchema.parse(value)).toEqual(value);
    expect(unknownShapes(PermissionSetSchema, value)).toEqual([path]);
  });
});

describe('ObjectPermissionSchema', () => {
  it('adds no default to an absent grant', () => {
    expect(ObjectPermissionSchema.parse({ allowCreate: true })).toEqual({ allowCreate: true });
  });
});

describe('FieldPermissionSchema', () => {
  it('adds no default to an absent grant', () => {
    expect(FieldPermissionSchema.parse({})).toEqual({});
  });
});

describe('RowLevelSecuritySchema', () => {
  const rule = { name: 'own', object: 'account', operation: 'all' };

  it.each([rule, { ...rule, check: { dialect: 'cel', source: 'true' }, madeUp: 1 }])(
    'returns %j unchanged',
    (value) => {
      expect(RowLevelSecuritySchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['operation', { operation: 'read' }],
    ['object', { object: undefined }],
    ['enabled', { enabled: 1 }],
    ['priority', { priority: 0.5 }],
  ])('rejects an invalid %s', (path, change) => {
    expect(issuePaths(RowLevelSecuritySchema, { ...rule, ...change })).toEqual([path]);
  });
});
