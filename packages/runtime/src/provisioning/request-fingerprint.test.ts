import { TenantProvisioningRequestSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { requestFingerprint } from './request-fingerprint.js';

const fingerprint = (request: object) => requestFingerprint(TenantProvisioningRequestSchema.parse(request));

describe('requestFingerprint', () => {
  const base = fingerprint({ orgId: 'acme', metadata: { a: '1', b: '2' } });

  it.each([
    ['the order of keys', { metadata: { b: '2', a: '1' }, orgId: 'acme' }],
    [
      'defaults that are given explicitly',
      { orgId: 'acme', plan: 'free', region: 'us-east', metadata: { a: '1', b: '2' } },
    ],
    ['the request key', { orgId: 'acme', requestKey: 'k', metadata: { a: '1', b: '2' } }],
    ['keys that are undefined', { orgId: 'acme', displayName: undefined, metadata: { a: '1', b: '2' } }],
  ])('does not depend on %s', (_what, request) => {
    expect(fingerprint(request)).toBe(base);
  });

  it.each([
    ['organization', { orgId: 'acme2', metadata: { a: '1', b: '2' } }],
    ['plan', { orgId: 'acme', plan: 'pro', metadata: { a: '1', b: '2' } }],
    ['region', { orgId: 'acme', region: 'eu-west', metadata: { a: '1', b: '2' } }],
    ['name', { orgId: 'acme', displayName: 'Acme', metadata: { a: '1', b: '2' } }],
    ['labels', { orgId: 'acme', metadata: { a: '1', b: '3' } }],
  ])('depends on the %s', (_what, request) => {
    expect(fingerprint(request)).not.toBe(base);
  });

  it.each([{ orgId: 'a\ud800' }, { orgId: 'a', requestKey: '\udc00' }])(
    'rejects a lone surrogate',
    (request) => {
      expect(() => fingerprint(request)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
});
