import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { PROTOCOL_VERSION } from '../shared/protocol-version.zod.js';
import {
  AppDependencySchema,
  AppInstallRequestSchema,
  AppManifestSchema,
  AppSettingSchema,
} from './app-install.zod.js';

const minimal = { name: 'crm_app', namespace: 'crm', version: '1.0.0' };
const account = { name: 'account', fields: { name: { type: 'text' } } };

describe('AppManifestSchema', () => {
  it('requires only a name, a namespace and a version', () => {
    expect(AppManifestSchema.parse(minimal)).toEqual({
      ...minimal,
      protocolVersion: PROTOCOL_VERSION,
      kernelRange: '*',
      dependencies: [],
      objects: [],
      objectExtensions: [],
      views: [],
      flows: [],
      permissions: [],
      seedData: [],
      settings: {},
    });
  });

  it('retains unknown keys at every depth', () => {
    const manifest = {
      ...minimal,
      protocolVersion: '1',
      label: 'CRM',
      kernelRange: '>=0.1.0 <1.0.0',
      dependencies: [{ appId: 'base_app', range: '^1.0.0', optional: true, why: 'contacts' }],
      objects: [{ ...account, madeUp: 1 }],
      objectExtensions: [{ extend: 'lead', fields: { crm__score: { type: 'number' } }, why: 'scoring' }],
      views: [{ name: 'accounts' }],
      flows: [{ name: 'welcome', type: 'api', nodes: [], edges: [] }],
      permissions: [{ name: 'sales', objects: {} }],
      seedData: [{ object: 'account', externalId: 'name', mode: 'upsert', env: ['prod'], records: [] }],
      settings: {
        api_key: { type: 'text', required: true, secret: true, hint: 'ask Ada' },
        retries: { type: 'number', required: false, secret: false, default: 3 },
      },
      publisher: 'Example',
    };
    expect(AppManifestSchema.parse(manifest)).toEqual(manifest);
  });

  it.each([
    ['name', { name: 'CRM' }],
    ['namespace', { namespace: undefined }],
    ['namespace', { namespace: 'c' }],
    ['version', { version: 'latest' }],
    ['kernelRange', { kernelRange: 'newest' }],
    ['protocolVersion', { protocolVersion: 'one' }],
    ['dependencies.0.range', { dependencies: [{ appId: 'base_app' }] }],
    [
      'dependencies',
      {
        dependencies: [
          { appId: 'base_app', range: '1' },
          { appId: 'base_app', range: '2' },
        ],
      },
    ],
    ['dependencies', { dependencies: [{ appId: 'crm_app', range: '1' }] }],
    ['objects', { objects: [account, account] }],
    ['objects.0.fields', { objects: ['account'].map((name) => ({ name })) }],
    ['objects.0', { objects: ['account'] }],
    ['seedData.0.records', { seedData: [{ object: 'account' }] }],
    ['settings.api_key.default', { settings: { api_key: { type: 'text', secret: true, default: 'x' } } }],
    ['settings.Api Key', { settings: { 'Api Key': { type: 'text' } } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(AppManifestSchema, { ...minimal, ...change })).toEqual([path]);
  });
});

describe('AppSettingSchema', () => {
  it('is neither required nor secret by default', () => {
    expect(AppSettingSchema.parse({ type: 'boolean', default: false })).toEqual({
      type: 'boolean',
      required: false,
      secret: false,
      default: false,
    });
  });

  it.each([
    ['type', { type: 'date' }],
    ['type', { type: 'number', secret: true }],
    ['default', { type: 'number', default: '3' }],
    ['default', { type: 'text', default: 3 }],
    ['default', { type: 'boolean', default: 'yes' }],
    ['default', { type: 'text', secret: true, default: 's3cr3t' }],
  ])('rejects an invalid %s: %j', (path, setting) => {
    expect(issuePaths(AppSettingSchema, setting)).toEqual([path]);
  });
});

describe('AppDependencySchema', () => {
  it('is required by default', () => {
    expect(AppDependencySchema.parse({ appId: 'base_app', range: '*' })).toMatchObject({ optional: false });
  });
});

describe('AppInstallRequestSchema', () => {
  const request = { tenantId: 't1', appId: 'crm_app' };

  it('accepts any version, has no settings and includes seed data by default', () => {
    expect(AppInstallRequestSchema.parse(request)).toEqual({
      ...request,
      range: '*',
      configOverrides: {},
      skipSeedData: false,
    });
  });

  it('returns the given values', () => {
    const full = {
      ...request,
      range: '^1.2.0',
      configOverrides: { retries: 5, on: true, url: 'x' },
      skipSeedData: true,
    };
    expect(AppInstallRequestSchema.parse(full)).toEqual(full);
  });

  it.each([
    ['tenantId', { tenantId: '' }],
    ['appId', { appId: 'com.example.crm' }],
    ['range', { range: 'latest' }],
    ['configOverrides.retries', { configOverrides: { retries: null } }],
    ['', { config: {} }],
  ])('rejects an invalid "%s": %j', (path, change) => {
    expect(issuePaths(AppInstallRequestSchema, { ...request, ...change })).toEqual([path]);
  });
});
