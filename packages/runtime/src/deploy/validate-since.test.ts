import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const account = objectOf('account', { name: text, size: { type: 'number' } });
const version = (...objects: ObjectDefinition[]) => bundleOf({ objects });

async function changesFrom(before: unknown, after: unknown) {
  const { deployments } = await openTenant();
  return deployments.validateBundle(after, { since: before });
}

describe('validateBundle since a version', () => {
  it('reports destructive changes, and changes that may fail, without a connection', async () => {
    const after = objectOf('account', { name: { ...text, unique: true }, mail: { type: 'email' } });
    const result = await changesFrom(version(account, objectOf('note', { name: text })), version(after));
    expect(result.valid).toBe(true);
    expect(
      result.changes?.map(({ code, risk, changeId }) => [code, risk, changeId?.split('_ix_')[0]]),
    ).toEqual([
      ['DS101', 'loses_data', 'remove_object:note'],
      ['DS102', 'loses_data', 'remove_field:account.size'],
      ['DD202', 'may_fail', 'add_index:account._os'],
    ]);
  });

  it('omits safe changes, and omits changes if nothing is compared', async () => {
    const wider = objectOf('account', { ...account.fields, mail: { type: 'email' } });
    expect((await changesFrom(version(account), version(wider))).changes).toEqual([]);
    const { deployments } = await openTenant();
    expect(deployments.validateBundle(version(account))).not.toHaveProperty('changes');
  });

  it('reports a rename and a probable rename', async () => {
    const renamed = objectOf('account', {
      title: { ...text, renamedFrom: 'name' },
      length: { type: 'number' },
    });
    const { changes } = await changesFrom(version(account), version(renamed));
    expect(changes?.map(({ code, field }) => [code, field])).toEqual([
      ['DS102', 'size'],
      ['BC302', 'title'],
      ['probable_rename', 'length'],
    ]);
    expect(changes?.[0]?.message).toMatch(/removed .* The added length is similar/);
  });

  it('suggests no rename if a removed field resembles no added one', async () => {
    const { changes } = await changesFrom(version(account), version(objectOf('account', { name: text })));
    expect(changes?.map(({ code, message }) => [code, message])).toEqual([
      ['DS102', 'A field is removed together with its values.'],
    ]);
  });

  it('suggests the added object that a removed one resembles', async () => {
    const customer = objectOf('customer', account.fields);
    const { changes } = await changesFrom(version(account), version(customer));
    expect(changes?.find(({ code }) => code === 'DS101')?.message).toContain('The added customer is similar');
  });

  it.each([
    ['no bundle', { severity: 'warning', path: '', code: 'invalid_value' }],
    [version(account, account), { severity: 'warning', path: '', code: 'invalid_value' }],
  ])('warns if the previous version is not a valid bundle', async (before, issue) => {
    const result = await changesFrom(before, version(account));
    expect(result).toMatchObject({ valid: true, warningCount: 1, issues: [issue] });
    expect(result).not.toHaveProperty('changes');
  });

  it('reports an error if two components have the same previous name', async () => {
    const twice = { ...text, renamedFrom: 'name' };
    const result = await changesFrom(version(account), version(objectOf('account', { a: twice, b: twice })));
    expect(result).toMatchObject({ valid: false, errorCount: 1 });
    expect(result).not.toHaveProperty('checksum');
  });

  it('never throws', async () => {
    expect((await changesFrom(version(account), 'no bundle')).valid).toBe(false);
  });
});
