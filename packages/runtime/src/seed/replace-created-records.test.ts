import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { replaceCreatedRecords } from './replace-created-records.js';
import { sqlIn } from './run-sql.js';

const plan = objectOf('plan', { name: { type: 'text', unique: true } });
const seeds = { object: 'plan', mode: 'upsert', records: [{ name: 'a' }] } as const;

const NOTHING = { removedObjects: new Set<string>(), removed: [], remaining: [] };

async function seeded() {
  const tenant = await openTenant();
  const { deploymentId } = await deploy(
    tenant,
    bundleOf({ objects: [plan], seedData: [seeds] as never }, '1.0.0'),
  );
  return { driver: tenant.driver, deployment: String(deploymentId) };
}

describe('replaceCreatedRecords', () => {
  it('deletes the record that the deployment created, and no other', async () => {
    const { driver, deployment } = await seeded();
    await driver.create('plan', { id: 'other', name: 'b' });
    const request = {
      object: 'plan',
      deployment,
      schema: NOTHING,
      keys: [],
      row: { id: 'x', name: 'a' },
    };
    expect(await replaceCreatedRecords(sqlIn(driver), request)).toBe('deleted');
    expect((await driver.find('plan')).map(({ id }) => id)).toEqual(['other']);
  });

  it.each([
    ['no record has the same unique values', { row: { id: 'x', name: 'c' } }],
    ['another deployment created the record', { deployment: 'another' }],
    ['the creator of one of them is unknown', { row: { id: 'other', name: 'a' } }],
  ])('deletes nothing where %s', async (_what, other) => {
    const { driver, deployment } = await seeded();
    await driver.create('plan', { id: 'other', name: 'b' });
    const request = {
      object: 'plan',
      deployment,
      schema: NOTHING,
      keys: [],
      row: { id: 'x', name: 'a' },
      ...other,
    };
    expect(await replaceCreatedRecords(sqlIn(driver), request)).toBeNull();
    expect(await driver.count('plan')).toBe(2);
  });
});
