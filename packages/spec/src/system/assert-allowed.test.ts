import { describe, expect, it } from 'vitest';
import { diff } from '../../test/samples.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import { assertAllowed, destructiveChanges, EXCEEDS_LOCK_BUDGET } from './assert-allowed.js';
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
/** A rename that may have been skipped. */
const unproven: DeployDiff = {
  ...diff,
  objects: [
    {
      id: 'add_object:customer',
      change: 'added',
      risk: 'unproven_rename',
      code: 'RN401',
      object: 'customer',
      after: { name: 'customer', fields: {}, renamedFrom: 'contact' },
    },
  ],
};
const IDS = ['remove_object:account', 'remove_field:contact.name'];

describe('destructiveChanges', () => {
  it('lists the changes that remove data, and no others', () => {
    expect(destructiveChanges(losing)).toEqual(IDS);
    expect(destructiveChanges(diff)).toEqual([]);
  });

  it('lists the changes that may miss a rename, unless the diff is a rollback', () => {
    expect(destructiveChanges(unproven)).toEqual(['add_object:customer']);
    expect(destructiveChanges({ ...unproven, restores: { deploymentId: 'd', tables: [] } })).toEqual([]);
  });
});

/** The error code and message for the diff, or null. */
function refusal(changes: DeployDiff, allow: readonly string[]) {
  try {
    assertAllowed(changes, allow);
    return null;
  } catch (error) {
    return ObjectStackError.isInstance(error) ? { code: error.code, details: error.details } : error;
  }
}

describe('assertAllowed', () => {
  it.each([
    [diff, []],
    [losing, IDS],
    [unproven, ['add_object:customer']],
    [losing, [...IDS, 'add_field:contact.size']],
    [diff, [EXCEEDS_LOCK_BUDGET]],
  ])('accepts changes without loss, and approved changes (%#)', (changes, allow) => {
    expect(refusal(changes, allow)).toBeNull();
  });

  it.each([
    [[], IDS],
    [[IDS[0] ?? ''], [IDS[1]]],
  ])('rejects all other changes by id: %j', (allow, changes) => {
    expect(refusal(losing, allow)).toEqual({ code: 'destructive_not_allowed', details: { changes } });
  });

  it('explains what to do about a rename that may have been skipped', () => {
    expect(() => assertAllowed(unproven)).toThrow(
      'These changes may miss a rename; deploy the version in between first, list all previous names in renamedFrom, or approve each by its id in allow to start without the earlier data: add_object:customer.',
    );
  });

  it.each([
    ['DS103', 'Approving change_field:contact.name also discards values that do not fit.'],
    ['DD201', 'Approving change_field:contact.name also leaves records without a required value.'],
    ['WI403', undefined],
  ] as const)('names the effect of a rule that is no longer enforced: %s', (code, sentence) => {
    const change: DeployDiff['fields'][number] = {
      id: 'change_field:contact.name',
      change: 'modified',
      risk: 'weakens_integrity',
      code,
      weakens: ['WI403'],
      object: 'contact',
      field: 'name',
      before: { type: 'text', required: true },
      after: { type: 'number' },
    };
    const first = `These changes weaken integrity; approve each by its id in allow: ${change.id}.`;
    const message = sentence ? `${first} ${sentence}` : first;
    expect(() => assertAllowed({ ...diff, fields: [change] })).toThrow(expect.objectContaining({ message }));
    const restores = { deploymentId: 'd1', tables: [] };
    expect(destructiveChanges({ ...diff, restores, fields: [change] })).toEqual([]);
    expect(assertAllowed({ ...diff, restores, fields: [change] })).toBeUndefined();
  });

  it('rejects the approval of an unknown change', () => {
    const allow = ['remove_object:all'];
    expect(refusal(losing, [...IDS, ...allow])).toEqual({ code: 'invalid_request', details: { allow } });
  });
});

describe('a rejection', () => {
  it.each([
    [
      'weakens_integrity',
      'DS103',
      ['WI403'],
      /weaken integrity.*: change_field:note.a\. Approving change_field:note.a also discards values that do not fit\.$/,
    ],
    [
      'unproven_rename',
      'RN401',
      ['WI403'],
      /miss a rename.*Approving change_field:note.a also weakens integrity\.$/,
    ],
    [
      'unproven_rename',
      'DD201',
      undefined,
      /miss a rename.*Approving change_field:note.a also leaves records without a required value\.$/,
    ],
  ] as const)(
    'of a change with the risk %s and the code %s names what else is approved',
    (risk, code, weakens, message) => {
      const change = {
        id: 'change_field:note.a',
        change: 'modified',
        risk,
        code,
        object: 'note',
        field: 'a',
      } as const;
      const fields = [
        {
          ...change,
          ...(weakens && { weakens: [...weakens] }),
          before: { type: 'text' },
          after: { type: 'text' },
        },
      ];
      expect(() => assertAllowed({ ...diff, fields } as DeployDiff)).toThrow(message);
    },
  );
});
