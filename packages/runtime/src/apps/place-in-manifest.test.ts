import { type AppManifestInput, AppManifestSchema, type DeployBundle } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { composeBundle } from './compose-bundle.js';
import { EMPTY_BUNDLE } from './installed-layers.js';
import { placeInManifest } from './place-in-manifest.js';

const text = { type: 'text' } as const;
const manifest = AppManifestSchema.parse({
  name: 'crm',
  namespace: 'crm',
  version: '1.0.0',
  objects: [
    { name: 'crm__a', fields: { a: text } },
    { name: 'crm__b', fields: { b: text } },
  ],
  objectExtensions: [{ extend: 'note', fields: { crm__c: text } }],
  views: [{ name: 'crm__v', object: 'crm__a' }],
  seedData: [{ object: 'crm__b', externalId: 'b', records: [{ b: '1' }] }],
} satisfies AppManifestInput);

const own: DeployBundle = {
  ...EMPTY_BUNDLE,
  objects: [{ name: 'note', fields: { text } }],
  views: [{ name: 'notes' }],
  seedData: [{ object: 'note', externalId: 'text', mode: 'upsert', env: ['prod'], records: [{ text: 'x' }] }],
};
const { bundle } = composeBundle({ own, apps: [{ manifest, settings: {} }] });

describe('placeInManifest', () => {
  it.each([
    ['/objects/2/fields/b', { subject: 'crm__b', path: '/objects/1/fields/b' }],
    ['/objects/0/fields/crm__c/type', { subject: 'note', path: '/objectExtensions/0/fields/crm__c/type' }],
    ['/objects/0/validations/1', { subject: 'note', path: '/objectExtensions/0' }],
    ['/objects/0/fields/text', { subject: 'note' }],
    ['/views/1', { subject: 'crm__v', path: '/views/0' }],
    ['/views/0', { subject: 'notes' }],
    ['/seedData/1/records/0', { subject: 'crm__b', path: '/seedData/0/records/0' }],
    ['/seedData/0/records/0', { subject: 'note' }],
    ['/manifest/version', {}],
    ['', {}],
    ['/objects/9', {}],
  ])('finds %s', (path, place) => {
    expect(placeInManifest(path, bundle, manifest)).toEqual(place);
  });
});
