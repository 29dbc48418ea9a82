import { describe, expect, it } from 'vitest';
import { diff } from '../../test/samples.js';
import { assertAllowed, destructiveChanges } from './assert-allowed.js';
import type { DeployDiff } from './deploy-diff.zod.js';

const losing: DeployDiff = {
  ...diff,
  objects: [
    {
      id: 'remove_object:account',
      change: 'removed',
      risk: 'loses_data',
      code: 'DS101',
      object: 'account',
      before: { name: 'account', fields: {} },
    },
  ],
  fields: [
    {
      id: 'remove_field:contact.name',
      change: 'removed',
      risk: 'loses_data',
      code: 'DS102',
      object: 'contact',
      field: 'name',
      before: { type: 'text' },
    },
    {
      id: 'add_field:contact.size',
      change: 'added',
      risk: 'safe',
      code: 'SF002',
      object: 'contact',
      field: 'size',
      after: { type: 'number' },
    },
  ],
};
const IDS = ['remove_object:account', 'remove_field:contact.name'];

describe('destructiveChanges', () => {
  it('names what takes data away, and nothing else', () => {
    expect(destructiveChanges(losing)).toEqual(IDS);
    expect(destructiveChanges(diff)).toEqual([]);
  });
});

describe('assertAllowed', () => {
  it('lets pass what takes nothing away, and what is allowed', () => {
    expect(() => assertAllowed(diff)).not.toThrow();
    expect(() => assertAllowed(losing, [...IDS, 'add_field:contact.size'])).not.toThrow();
  });

  it.each([
    [[], IDS],
    [[IDS[0] ?? ''], [IDS[1]]],
  ])('refuses the rest by name: %j', (allow, changes) => {
    expect(() => assertAllowed(losing, allow)).toThrow(
      expect.objectContaining({ code: 'destructive_not_allowed', details: { changes } }),
    );
  });

  it('refuses to allow what is not there', () => {
    expect(() => assertAllowed(losing, [...IDS, 'remove_object:all'])).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { allow: ['remove_object:all'] } }),
    );
  });
});
