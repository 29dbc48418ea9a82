import { ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { openTenant, worldOf } from '../../test/deploy-plane.js';
import { bundleOf, CRM_1, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const item = (fields: Parameters<typeof objectOf>[1]) => objectOf('item', { name: text, ...fields });
const ONE = bundleOf({ objects: [item({ size: text })] });
const REMOVED = bundleOf({ objects: [item({})] }, '2.0.0');
const UNIQUE = bundleOf(
  { objects: [objectOf('item', { name: { ...text, unique: true }, size: text })] },
  '2.0.0',
);

const replacing = (records: { name: string }[], env: ('prod' | 'test')[] = ['prod']) =>
  bundleOf({
    objects: [item({})],
    seedData: [{ object: 'item', mode: 'replace', externalId: 'name', env, records }],
  });

async function errorOf(call: Promise<unknown>): Promise<ObjectStackError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ObjectStackError.isInstance(error)) throw error ?? new Error('The call did not reject.');
  expect(undeclaredFacts(error)).toEqual([]);
  return error;
}

/** A tenant with one deployment and two records of the same name. */
async function deployed() {
  const tenant = await openTenant();
  await tenant.deployments.deploy(tenant.tenantId, ONE);
  await tenant.driver.bulkCreate('item', [
    { id: 'a', name: 'x', size: 's' },
    { id: 'b', name: 'x' },
  ]);
  return tenant;
}

describe('deploy', () => {
  it('validates, plans and executes', async () => {
    const { deployments, driver, tenantId } = await openTenant();
    expect(await deployments.deploy(tenantId, CRM_1)).toMatchObject({
      status: 'ready',
      outcome: 'applied',
      tenantId,
      seeds: [{ inserted: 2 }, { inserted: 2 }],
    });
    expect(await driver.count('contact')).toBe(2);
  });

  it('rejects an invalid bundle with its issues, and changes nothing', async () => {
    const tenant = await openTenant();
    const before = await worldOf(tenant, tenant);
    const bundle = bundleOf({ objects: [item({ 'Not a name': text })] });
    const error = await errorOf(tenant.deployments.deploy(tenant.tenantId, bundle));
    expect(error).toMatchObject({
      code: 'invalid_bundle',
      details: { issues: [{ path: expect.any(String) }] },
    });
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  it('rejects a destructive change with its id and the records it affects, until it is approved', async () => {
    const tenant = await deployed();
    const { deployments, driver, tenantId } = tenant;
    const error = await errorOf(deployments.deploy(tenantId, REMOVED));
    expect(error.details).toEqual({
      changes: ['remove_field:item.size'],
      findings: [
        {
          checkId: 'removed:item.size',
          rows: 1,
          samples: ['a'],
          explanation: 'Records of item whose size is removed.',
        },
      ],
    });
    expect(error.code).toBe('destructive_not_allowed');
    expect(await driver.findOne('item', { where: { id: 'a' } })).toMatchObject({ size: 's' });
    const allow = error.details.changes as string[];
    expect(await deployments.deploy(tenantId, REMOVED, { allow })).toMatchObject({ outcome: 'applied' });
  });

  it('is idempotent, also with the approvals of the first call', async () => {
    const { deployments, tenantId } = await deployed();
    const allow = ['remove_field:item.size'];
    const first = await deployments.deploy(tenantId, REMOVED, { allow });
    expect(await deployments.deploy(tenantId, REMOVED, { allow })).toMatchObject({
      status: 'ready',
      outcome: 'unchanged',
      deploymentId: first.deploymentId,
    });
    const error = await errorOf(deployments.deploy(tenantId, ONE, { allow: ['remove_field:item.szie'] }));
    expect(error).toMatchObject({ code: 'invalid_request', details: { allow: ['remove_field:item.szie'] } });
  });

  it('rejects what existing records prevent, with the error of the failed result and its findings', async () => {
    const tenant = await deployed();
    const { deployments, tenantId, registry } = tenant;
    const error = await errorOf(deployments.deploy(tenantId, UNIQUE));
    expect(error).toMatchObject({
      code: 'unique_violation',
      details: { findings: [{ checkId: expect.stringMatching(/^duplicates:/), rows: 2 }] },
    });
    const records = await registry.listDeployments(tenantId);
    const record = records.find(({ id }) => id === error.details.deploymentId);
    expect(record).toMatchObject({ status: 'failed' });
  });

  it('rejects a deployment whose seed records fail, with the problems of each', async () => {
    const { deployments, tenantId, driver } = await openTenant();
    const bundle = bundleOf({
      objects: [objectOf('item', { name: text, code: { ...text, unique: true } })],
      seedData: [
        {
          object: 'item',
          externalId: 'name',
          records: [
            { name: 'one', code: 'same' },
            { name: 'two', code: 'same' },
          ],
        },
      ],
    });
    const error = await errorOf(deployments.deploy(tenantId, bundle));
    expect(error).toMatchObject({
      code: 'seed_failed',
      details: {
        failed: 1,
        deploymentId: expect.any(String),
        seeds: [{ object: 'item', failed: 1, problems: [{ record: 1, code: 'unique_violation' }] }],
      },
    });
    expect(await driver.count('item')).toBe(1);
  });

  it('counts and writes the seed data of the given environment', async () => {
    const tenant = await deployed();
    const { deployments, tenantId, driver } = tenant;
    const bundle = replacing([{ name: 'seeded' }], ['test']);
    const fields = { ...bundle, objects: ONE.objects ?? [] };
    expect(await deployments.deploy(tenantId, fields)).toMatchObject({
      seeds: [{ outcome: 'other_environment' }],
    });
    const error = await errorOf(deployments.deploy(tenantId, fields, { environment: 'test' }));
    expect(error).toMatchObject({
      code: 'destructive_not_allowed',
      details: {
        changes: ['replace_records:item'],
        findings: [{ checkId: 'replace_records:item', rows: 2 }],
      },
    });
    const options = { environment: 'test', allow: ['replace_records:item'] } as const;
    expect(await deployments.deploy(tenantId, fields, options)).toMatchObject({
      seeds: [{ outcome: 'written', removed: 2, inserted: 1 }],
    });
    const seeded = await driver.find('item');
    expect(seeded).toMatchObject([{ name: 'seeded' }]);
    await deployments.deploy(tenantId, fields, options);
    expect(await driver.find('item')).toEqual(seeded);
  });

  it('rejects with aborted, before any effect', async () => {
    const tenant = await openTenant();
    const before = await worldOf(tenant, tenant);
    const error = await errorOf(
      tenant.deployments.deploy(tenant.tenantId, ONE, { signal: AbortSignal.abort() }),
    );
    expect(error.code).toBe('aborted');
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  it.each([{ allow: 'all' }, { environment: 'moon' }])('rejects the options %j', async (options) => {
    const { deployments, tenantId } = await openTenant();
    const error = await errorOf(deployments.deploy(tenantId, ONE, options as never));
    expect(error).toMatchObject({ code: 'invalid_request' });
  });
});
