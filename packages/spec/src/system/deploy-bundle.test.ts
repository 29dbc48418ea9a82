import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { PROTOCOL_VERSION } from '../shared/protocol-version.zod.js';
import { BUNDLE_LIMITS, DeployBundleSchema } from './deploy-bundle.zod.js';

const manifest = { version: '1.0.0', objects: [], views: [], flows: [], permissions: [] };
const account = { name: 'account', fields: { name: { type: 'text' } } };

describe('DeployBundleSchema', () => {
  it('requires only a manifest', () => {
    expect(DeployBundleSchema.parse({ manifest: { version: '1.0.0' } })).toEqual({
      protocolVersion: PROTOCOL_VERSION,
      manifest,
      objects: [],
      views: [],
      flows: [],
      permissions: [],
      seedData: [],
    });
  });

  it('retains unknown keys at every depth', () => {
    const bundle = {
      $schema: 'https://example.com/bundle.json',
      protocolVersion: '2',
      manifest: { ...manifest, engine: {} },
      objects: [{ ...account, madeUp: { a: [1] } }],
      views: [{ name: 'account', list: { columns: ['name'], madeUp: 1 } }],
      flows: [],
      permissions: [],
      seedData: [
        { object: 'account', externalId: 'name', mode: 'upsert', env: ['prod'], records: [{ name: 'Ada' }] },
      ],
      dashboards: [{ name: 'sales' }],
    };
    expect(DeployBundleSchema.parse(bundle)).toEqual(bundle);
  });

  it.each([
    ['', 'a bundle'],
    ['manifest', {}],
    ['manifest.version', { manifest: {} }],
    ['protocolVersion', { manifest, protocolVersion: 1 }],
    ['objects', { manifest, objects: { account } }],
    ['objects.0.fields.name.type', { manifest, objects: [{ ...account, fields: { name: { type: 'x' } } }] }],
    ['views.0.name', { manifest, views: [{}] }],
    ['flows.0.name', { manifest, flows: [{ nodes: [], edges: [] }] }],
    ['permissions.0.name', { manifest, permissions: [{ objects: {} }] }],
    ['seedData.0.records', { manifest, seedData: [{ object: 'account' }] }],
  ])('rejects at "%s": %j', (path, bundle) => {
    expect(issuePaths(DeployBundleSchema, bundle)).toEqual([path]);
  });
});

describe('BUNDLE_LIMITS', () => {
  it('limit bytes, depth, nodes and keys', () => {
    expect(BUNDLE_LIMITS).toEqual({ maxBytes: 10_485_760, maxDepth: 64, maxNodes: 500_000, maxKeys: 50_000 });
  });
});
