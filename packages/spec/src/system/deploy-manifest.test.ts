import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { HASH, INSTANT } from '../../test/samples.js';
import { unknownShapes } from '../../test/unknown-shapes.js';
import { DeployManifestSchema } from './deploy-manifest.zod.js';

const manifest = {
  name: 'Help desk',
  id: 'com.example.helpdesk',
  namespace: 'helpdesk',
  version: '1.0.0',
  checksum: HASH,
  objects: ['ticket'],
  views: [],
  flows: [],
  permissions: ['agent'],
  createdAt: INSTANT,
};

describe('DeployManifestSchema', () => {
  it.each([manifest, { ...manifest, engine: { objectstack: '>=1' } }])('returns %j unchanged', (value) => {
    expect(DeployManifestSchema.parse(value)).toEqual(value);
  });

  it('lists no names by default', () => {
    expect(DeployManifestSchema.parse({ version: '1.0.0' })).toEqual({
      version: '1.0.0',
      objects: [],
      views: [],
      flows: [],
      permissions: [],
    });
  });

  it.each([
    ['version', { version: '1.0' }],
    ['version', { version: undefined }],
    ['checksum', { checksum: 'abc' }],
    ['objects.0', { objects: ['Ticket'] }],
    ['permissions', { permissions: 'agent' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(DeployManifestSchema, { ...manifest, ...change })).toEqual([path]);
  });

  it.each([
    ['name', { name: '' }],
    ['id', { id: 'a'.repeat(256) }],
    ['namespace', { namespace: 'Help Desk' }],
    ['createdAt', { createdAt: 'yesterday' }],
  ])('keeps an unknown shape of %s: %j', (path, change) => {
    const value = { ...manifest, ...change };
    expect(DeployManifestSchema.parse(value)).toEqual(value);
    expect(unknownShapes(DeployManifestSchema, value)).toEqual([path]);
  });
});
