import { DeployValidationResultSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../test/bundle-findings.js';
import { canonicalBundle } from './canonical-bundle.js';
import { MAX_ISSUES } from './issue-log.js';
import { checkBundle, validateBundle } from './validate-bundle.js';

const valid = {
  manifest: { version: '1.0.0' },
  objects: [{ name: 'account', fields: { id: { type: 'text' }, name: { type: 'text' } } }],
};

function cycle(): unknown {
  const self: Record<string, unknown> = { ...valid };
  self.extra = self;
  return self;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

describe('validateBundle', () => {
  it('accepts a bundle and returns its checksum', () => {
    const result = validateBundle(valid);
    expect(result).toMatchObject({ valid: true, errorCount: 0, warningCount: 0 });
    expect(result.checksum).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    { what: 'undefined', value: undefined },
    { what: 'null', value: null },
    { what: 'a number', value: 7 },
    { what: 'text', value: '{}' },
    { what: 'a function', value: () => valid },
    { what: 'an empty object', value: {} },
    { what: 'a list', value: [valid] },
    { what: 'a cycle', value: cycle() },
    { what: 'a map', value: new Map([['manifest', {}]]) },
    {
      what: 'a proxy that throws',
      value: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    },
    { what: 'an own __proto__', value: JSON.parse('{"manifest":{"__proto__":{"version":"1.0.0"}}}') },
  ])('returns a result without a checksum for $what', ({ value }) => {
    const result = validateBundle(value);
    expect(DeployValidationResultSchema.parse(result)).toEqual(result);
    expect(result.valid).toBe(false);
    expect(result.checksum).toBeUndefined();
  });

  it('reports every violation of the shape with its path and without the value', () => {
    const findings = findingsOf({
      objects: [{ name: 'Canary', fields: { name: { type: 'canary' } } }],
      views: 'canary',
    });
    expect(findings).toEqual([
      'error invalid_shape /objects/0/fields/name/type',
      'error invalid_shape /objects/0/name',
      'error invalid_shape /views',
    ]);
    expect(JSON.stringify(validateBundle({ manifest: { version: 'canary' } }))).not.toContain('canary');
  });

  it.each([
    'Account',
    '_os_x',
    'sqlite_x',
    'a b',
    '"); drop table',
    'ассount',
    '',
    'a'.repeat(64),
    'constructor\0',
  ])('rejects the name %j for an object and for a field', (name) => {
    expect(findingsOf({ objects: [{ name, fields: {} }] })).toEqual(['error invalid_shape /objects/0/name']);
    const findings = findingsOf({ objects: [{ name: 'a', fields: { [name]: { type: 'text' } } }] });
    expect(findings).toEqual([`error invalid_shape /objects/0/fields/${name}`]);
  });

  it.each(['constructor', 'prototype', 'to_string', 'select', 'a'.repeat(63)])(
    'accepts the name %s',
    (name) => {
      const object = { name, fields: { [name]: { type: 'text' } } };
      const seedData = [{ object: name, externalId: name, records: [{ [name]: 'x' }] }];
      expect(findingsOf({ objects: [object], seedData })).toEqual([]);
    },
  );

  it.each([
    { version: '1', findings: [] },
    { version: '2', findings: ['error unsupported_protocol_version /protocolVersion'] },
    { version: '10', findings: ['error unsupported_protocol_version /protocolVersion'] },
    { version: '0', findings: ['error invalid_shape /protocolVersion'] },
    { version: 2, findings: ['error invalid_shape /protocolVersion'] },
  ])('reports the findings for protocol version $version', ({ version, findings }) => {
    expect(findingsOf({ protocolVersion: version })).toEqual(findings);
  });

  it('compares the checksum of the manifest', () => {
    const { checksum } = validateBundle(valid);
    const signed = { ...valid, manifest: { version: '1.0.0', checksum } };
    expect(validateBundle(signed)).toMatchObject({ valid: true, checksum });
    const forged = { ...signed, objects: [] };
    expect(validateBundle(forged).issues).toMatchObject([
      { code: 'checksum_mismatch', path: '/manifest/checksum' },
    ]);
  });

  it('sorts findings by path and then by code', () => {
    const paths = findingsOf({ zzz: 1, aaa: 1, objects: [{ name: 'a', fields: {}, zzz: 1, aaa: 1 }] });
    expect(paths.map((finding) => finding.split(' ')[2])).toEqual([
      '/aaa',
      '/objects/0/aaa',
      '/objects/0/zzz',
      '/zzz',
    ]);
  });

  it('lists a thousand findings, errors first, and counts all', () => {
    const unknown = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`aaa${index}`, 1]));
    const result = validateBundle({ ...unknown, manifest: {} });
    expect(result).toMatchObject({ errorCount: 1, warningCount: 1500 });
    expect(result.issues).toHaveLength(MAX_ISSUES);
    expect(result.issues.at(-1)).toMatchObject({ severity: 'error', path: '/manifest/version' });
  });

  it('is a pure function of its argument', () => {
    const frozen = freeze(structuredClone(valid));
    expect(validateBundle(frozen)).toEqual(validateBundle(frozen));
    expect(frozen).toEqual(valid);
  });
});

describe('checkBundle', () => {
  it('returns the parsed bundle and its canonical form', () => {
    const { bundle, canonical, result } = checkBundle({ ...valid, extra: { kept: [1] } });
    expect(bundle).toMatchObject({ protocolVersion: '1', extra: { kept: [1] } });
    expect(bundle && canonicalBundle(bundle)).toEqual(canonical);
    expect(canonical?.checksum).toBe(result.checksum);
  });

  it('shares no objects with its argument', () => {
    const input = { ...valid, extra: { kept: [1] } };
    const { bundle } = checkBundle(input);
    input.extra.kept.push(2);
    expect(bundle?.extra).toEqual({ kept: [1] });
  });

  it('returns no bundle if there is an error', () => {
    const { bundle, canonical } = checkBundle({ ...valid, views: [{ name: 'a' }, { name: 'a' }] });
    expect(bundle).toBeUndefined();
    expect(canonical).toBeUndefined();
  });
});
