import { describe, expect, it } from 'vitest';
import { deployedBundle, hasNoChanges, isDeployed } from './deployed-bundle.js';

const checksum = (letter: string) => letter.repeat(64);
const entry = (letter: string, owner = 'tenant') => ({
  owner,
  bundleChecksum: checksum(letter),
  bundleVersion: `1.0.${letter.charCodeAt(0)}`,
});
const nothing = { objects: [], fields: [], indexes: [], tables: [], removed: [], components: [] };
const planOf = (changes: object = {}, bundle: object = {}) =>
  ({ diff: { owner: 'tenant', ...nothing, ...changes }, statements: [], ...bundle }) as never;

describe('deployedBundle', () => {
  it('is the latest deployment of the owner', () => {
    const history = [entry('a'), entry('b'), entry('c', 'crm'), { owner: 'tenant' }];
    expect(deployedBundle(history, 'tenant')).toEqual({ checksum: checksum('b'), version: '1.0.98' });
    expect(deployedBundle(history, 'crm')?.checksum).toBe(checksum('c'));
  });

  it('is undefined before the first deployment', () => {
    expect(deployedBundle([], 'tenant')).toBeUndefined();
    expect(deployedBundle([{ owner: 'tenant' }], 'tenant')).toBeUndefined();
  });
});

describe('hasNoChanges', () => {
  it('is false for any change, and for a rollback', () => {
    expect(hasNoChanges(planOf())).toBe(true);
    for (const key of Object.keys(nothing)) expect(hasNoChanges(planOf({ [key]: [{}] }))).toBe(false);
    expect(hasNoChanges(planOf({ restores: {} }))).toBe(false);
  });
});

describe('isDeployed', () => {
  const inEffect = [{ ...entry('a'), isInEffect: true }] as never;

  it.each([
    ['the bundle in effect', { bundleChecksum: checksum('a'), bundleVersion: '1.0.97' }, true],
    ['a change without a bundle', {}, true],
    ['another bundle', { bundleChecksum: checksum('b'), bundleVersion: '1.0.97' }, false],
    ['another version', { bundleChecksum: checksum('a'), bundleVersion: '2.0.0' }, false],
  ])('describes %s', (_what, bundle, expected) => {
    expect(isDeployed(planOf({}, bundle), inEffect)).toBe(expected);
  });

  it('is false before the first deployment and if anything changes', () => {
    expect(isDeployed(planOf(), [])).toBe(false);
    expect(isDeployed(planOf({ fields: [{}] }), inEffect)).toBe(false);
  });
});
