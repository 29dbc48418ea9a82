import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { HASH, INSTANT } from '../../test/samples.js';
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
  it.each([manifest, { version: '1.0.0' }, { version: '1.0.0', engine: { objectstack: '>=1' } }])(
    'returns %j unchanged',
    (value) => {
      expect(DeployManifestSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['version', { version: '1.0' }],
    ['version', { version: undefined }],
    ['name', { name: '' }],
    ['id', { id: 'a'.repeat(256) }],
    ['namespace', { namespace: 'Help Desk' }],
    ['checksum', { checksum: 'abc' }],
    ['objects.0', { objects: ['Ticket'] }],
    ['permissions', { permissions: 'agent' }],
    ['createdAt', { createdAt: 'yesterday' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(DeployManifestSchema, { ...manifest, ...change })).toEqual([path]);
  });
});
