import { LIMITS } from '@objectstack/spec/shared';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { bundleOf, objectOf } from '../../../test/sample-bundles.js';
import { validateBundle } from '../validate-bundle.js';

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const fields = (count: number) =>
  Object.fromEntries(times(count, (i) => [`f${i}`, { type: 'text' as const }]));

const errorsOf = (bundle: DeployBundleInput) =>
  validateBundle(bundle).issues.flatMap(({ severity, code, path }) =>
    severity === 'error' ? `${code} ${path}` : [],
  );

const CASES: [string, string, (count: number) => DeployBundleInput, number][] = [
  [
    'objects',
    '/objects',
    (count) => bundleOf({ objects: times(count, (i) => objectOf(`o${i}`, {})) }),
    LIMITS.maxBundleObjects,
  ],
  [
    'fields of an object',
    '/objects/0/fields',
    (count) => bundleOf({ objects: [objectOf('wide', fields(count))] }),
    LIMITS.maxObjectFields,
  ],
  [
    'records of a seed set',
    '/seedData/0/records',
    (count) =>
      bundleOf({
        objects: [objectOf('item', { name: { type: 'text' } })],
        seedData: [{ object: 'item', records: times(count, (i) => ({ name: `n${i}` })) }],
      }),
    LIMITS.maxSeedSetRecords,
  ],
  [
    'unknown keys',
    '',
    (count) =>
      bundleOf({
        objects: [{ ...objectOf('item', {}), ...Object.fromEntries(times(count, (i) => [`zz_${i}`, 1])) }],
      }),
    LIMITS.maxUnknownKeys,
  ],
];

describe('checkLimits', () => {
  it.each(CASES)('accepts the maximum number of %s, and rejects one more', (what, path, make, limit) => {
    const bundle = make(limit);
    const before = process.cpuUsage();
    expect(errorsOf(bundle)).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    // Processor time: other work on the machine must not make the test fail.
    const took = Math.round((user + system) / 1_000);
    console.log(`validateBundle at its limit of ${limit} ${what}: ${took} ms`);
    expect(took).toBeLessThan(5_000);
    expect(errorsOf(make(limit + 1))).toEqual([`limit_exceeded ${path}`]);
  });

  it('limits the steps of all expressions together, and reports where they exceed the limit', () => {
    const source = times(100, (i) => String(i)).join('+');
    const rank = { dialect: 'cel', source };
    const found = errorsOf(
      bundleOf({
        objects: [objectOf('item', { name: { type: 'text' }, rank: { type: 'number', defaultValue: rank } })],
        seedData: [{ object: 'item', records: times(3_000, (i) => ({ name: `n${i}`, rank })) }],
      }),
    );
    expect(found).toEqual([expect.stringMatching(/^limit_exceeded \/seedData\/0\/records\/19\d\d\/rank$/)]);
  });
});
