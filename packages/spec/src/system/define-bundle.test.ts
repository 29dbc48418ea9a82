import { describe, expect, it } from 'vitest';
import { defineObject } from '../data/define-object.js';
import { defineBundle } from './define-bundle.js';
import { DeployBundleSchema } from './deploy-bundle.zod.js';

const account = defineObject({ name: 'account', fields: { name: { type: 'text' } } });
const contact = defineObject({
  name: 'contact',
  fields: { account: { type: 'lookup', reference: 'account' } },
});

describe('defineBundle', () => {
  it('derives the name lists of the manifest', () => {
    const bundle = defineBundle({
      manifest: { name: 'CRM', version: '1.0.0' },
      objects: [account, contact],
      views: [{ name: 'accounts' }],
      flows: [{ name: 'welcome', type: 'api', nodes: [], edges: [] }],
      permissions: [{ name: 'sales', objects: {} }],
    });
    expect(bundle.manifest).toEqual({
      name: 'CRM',
      version: '1.0.0',
      objects: ['account', 'contact'],
      views: ['accounts'],
      flows: ['welcome'],
      permissions: ['sales'],
    });
  });

  it('has empty lists for an empty bundle', () => {
    const { manifest } = defineBundle({ manifest: { version: '1.0.0' }, objects: [] });
    expect(manifest).toEqual({ version: '1.0.0', objects: [], views: [], flows: [], permissions: [] });
  });

  it('returns a bundle that the schema accepts, and does not modify its input', () => {
    const objects = Object.freeze([account]);
    const manifest = Object.freeze({ version: '1.0.0' });
    const seedData = [{ object: 'account', records: [{ name: 'Ada' }] }];
    const bundle = defineBundle({ manifest, objects, seedData });
    expect(bundle.objects).toEqual([account]);
    expect(bundle.objects).not.toBe(objects);
    expect(DeployBundleSchema.parse(bundle).seedData[0]).toMatchObject({ object: 'account', mode: 'upsert' });
  });
});
