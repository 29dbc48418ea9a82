import { runSteps } from '@objectstack/spec/shared';
import { DeployBundleSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { parseShape } from './parse-shape.js';

const FULL = {
  ...bundleOf({ objects: [objectOf('account', { name: { type: 'text', zz: 1 } }), objectOf('contact', {})] }),
  views: [{ name: 'all', object: 'account', list: { type: 'grid', columns: ['name'] } }],
  flows: [{ name: 'f', type: 'autolaunched', label: 'F', nodes: [], edges: [] }],
  permissions: [{ name: 'p', objects: {} }],
  seedData: [{ object: 'account', records: [{ name: 'a' }, { name: 'b' }] }],
  extra: { kept: [1] },
};

const VALUES: [string, unknown][] = [
  ['a whole bundle', FULL],
  ['a bundle without lists', { manifest: FULL.manifest }],
  ['nothing', null],
  ['a list', []],
  ['a text', 'x'],
  ['values that must be lists and are not', { ...FULL, objects: {}, seedData: 'x' }],
  ['items that are not objects', { ...FULL, objects: [1, objectOf('lead', {}), null], views: [[]] }],
  [
    'an invalid manifest and invalid items',
    { manifest: {}, objects: [{ name: '1', fields: { a: { type: 'x' } } }] },
  ],
  ['invalid keys of a record', { ...FULL, objects: [{ name: 'a', fields: { 'B C': { type: 'text' } } }] }],
];

describe('parseShape', () => {
  it.each(VALUES)('parses %s like the schema', (_what, value) => {
    const { bundle, issues } = runSteps(parseShape(value));
    const whole = DeployBundleSchema.safeParse(value);
    expect(bundle).toEqual(whole.data);
    expect(issues).toEqual(whole.error?.issues ?? []);
    if (bundle) expect(Object.keys(bundle).sort()).toEqual(Object.keys(whole.data ?? {}).sort());
  });

  it('yields after each item of a list', () => {
    let pauses = 0;
    for (const steps = parseShape(FULL); !steps.next().done; ) pauses += 1;
    expect(pauses).toBe(6);
  });
});
