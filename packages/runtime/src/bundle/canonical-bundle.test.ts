import { createHash } from 'node:crypto';
import { type DeployBundle, DeployBundleSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { canonicalBundle } from './canonical-bundle.js';
import { checkBundle } from './validate-bundle.js';

const bundle = DeployBundleSchema.parse({
  zebra: { '€': 1, '\r': 2, 1: 3, '10': 4, '2': 5 },
  manifest: { version: '1.0.0', name: 'Crm' },
  objects: [{ name: 'account', fields: { name: { label: 'Name', type: 'text', max: 1e21, min: 1e-7 } } }],
});

const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes);

describe('canonicalBundle', () => {
  it('writes RFC 8785 JSON with every default', () => {
    expect(text(canonicalBundle(bundle))).toBe(
      '{"flows":[],"manifest":{"flows":[],"name":"Crm","objects":[],"permissions":[],"version":"1.0.0",' +
        '"views":[]},"objects":[{"fields":{"name":{"label":"Name",' +
        '"max":1e+21,"min":1e-7,"type":"text"}},"name":"account"}],"permissions":[],"protocolVersion":"1",' +
        '"seedData":[],"views":[],"zebra":{"\\r":2,"1":3,"10":4,"2":5,"€":1}}',
    );
  });

  it('returns the SHA-256 of its bytes', () => {
    const { bytes, checksum } = canonicalBundle(bundle);
    expect(checksum).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('omits the checksum of the manifest', () => {
    const signed = { ...bundle, manifest: { ...bundle.manifest, checksum: '0'.repeat(64) } };
    expect(canonicalBundle(signed)).toEqual(canonicalBundle(bundle));
    expect(signed.manifest.checksum).toBe('0'.repeat(64));
  });

  it('omits $schema, which only editors read', () => {
    expect(canonicalBundle({ ...bundle, $schema: './a.json' })).toEqual(canonicalBundle(bundle));
  });

  it('depends on every value but not on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(bundle).reverse()) as DeployBundle;
    expect(canonicalBundle(reversed).checksum).toBe(canonicalBundle(bundle).checksum);
    const changed = { ...bundle, zebra: 1 };
    expect(canonicalBundle(changed).checksum).not.toBe(canonicalBundle(bundle).checksum);
  });

  it('returns the same bytes for a bundle parsed from them', () => {
    const canonical = canonicalBundle(bundle);
    expect(checkBundle(JSON.parse(text(canonical))).canonical).toEqual(canonical);
  });

  it.each([
    { what: 'a lone surrogate', value: '\ud800' },
    { what: 'a function', value: () => 1 },
    { what: 'NaN', value: Number.NaN },
    { what: 'a BigInt', value: 1n },
  ])('refuses $what', ({ value }) => {
    const refused = () => canonicalBundle({ ...bundle, extra: { deep: value } });
    expect(refused).toThrow(expect.objectContaining({ code: 'invalid_bundle' }));
    expect(refused).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path: '/extra/deep' }) }),
    );
  });
});
