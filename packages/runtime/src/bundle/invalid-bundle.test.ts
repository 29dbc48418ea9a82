import { undeclaredFacts } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { invalidBundle } from './invalid-bundle.js';
import { validateBundle } from './validate-bundle.js';

describe('invalidBundle', () => {
  it('says the first error, where it is, and how many there are', () => {
    const bundle = { manifest: {}, zzz: 1, objects: [{ name: 'A', fields: {} }, 7] };
    const error = invalidBundle(validateBundle(bundle));
    expect(error).toMatchObject({
      code: 'invalid_bundle',
      details: { path: '/manifest/version', errorCount: 3 },
    });
    expect(error.message).toMatch(/for example 1\.4\.0\. \(at \/manifest\/version\) \(and 2 more\)$/);
    expect(error.details.issues).toHaveLength(4);
    expect(undeclaredFacts(error)).toEqual([]);
  });

  it('has its own code for a later protocol', () => {
    const error = invalidBundle(validateBundle({ protocolVersion: '9' }));
    expect(error.code).toBe('unsupported_protocol_version');
    expect(undeclaredFacts(error)).toEqual([]);
  });
});
