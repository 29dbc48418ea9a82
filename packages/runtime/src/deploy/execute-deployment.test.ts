import { readdir, rm, writeFile } from 'node:fs/promises';
import type { DeployBundleInput, DeployResult, DeployStatus, MigrationPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { activeTenant } from '../../test/control-plane.js';
import {
  databaseContent,
  deploy,
  openDeployPlane,
  openTenant,
  planFor,
  recordsBy,
  worldOf,
} from '../../test/deploy-plane.js';
import { bundleOf, CRM_1, CRM_2, objectOf } from '../../test/sample-bundles.js';

type OpenTenant = Awaited<ReturnType<typeof openTenant>>;

const STATUSES: DeployStatus[] = ['validating', 'diffing', 'migrating', 'registering', 'ready'];
const statusesOf = ({ steps }: DeployResult) => steps.map(({ status }) => status);

async function bundleFile({ dir }: OpenTenant, { bundleChecksum }: MigrationPlan): Promise<string> {
  const files = await readdir(`${dir}/bundles`, { recursive: true });
  return `${dir}/bundles/${files.find((file) => file.includes(bundleChecksum ?? '?'))}`;
}

describe('executeDeployment', () => {
  it('passes through the statuses in order and reports the result', async () => {
    const tenant = await openTenant();
    const heard: DeployStatus[] = [];
    const result = await deploy(tenant, CRM_1, { onStatus: (status) => heard.push(status) });
    expect(result).toMatchObject({ status: 'ready', outcome: 'applied', statementsExecuted: 5 });
    expect(statusesOf(result)).toEqual(STATUSES);
    expect(heard).toEqual(STATUSES);
    expect(result.seeds.map(({ inserted, failed, outcome }) => [outcome, inserted, failed])).toEqual([
      ['written', 2, 0],
      ['written', 2, 0],
    ]);
  });

  it('writes tables, metadata, history and a record', async () => {
    const tenant = await openTenant();
    const { driver, dataPlane, registry, tenantId } = tenant;
    const plan = await planFor(tenant, tenantId, CRM_1);
    const result = await tenant.deployments.executeDeployment(tenantId, plan);
    const live = await dataPlane.schemaDiff.introspect(driver);
    expect(live).toMatchObject({ schemaHash: plan.targetSchemaHash, deploymentId: result.deploymentId });
    expect(live.tables.map(({ name }) => name)).toEqual(['account', 'contact']);
    expect(live.objects.map(({ owner, definition }) => [owner, definition.name])).toEqual([
      ['tenant', 'account'],
      ['tenant', 'contact'],
    ]);
    expect(live.components.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'flow/welcome',
      'permission/sales',
      'view/accounts',
    ]);
    expect(await driver.find('_os_deployment', {}, { system: true })).toMatchObject([
      { id: result.deploymentId, sequence: 1, plan_hash: plan.planHash, bundle_version: '1.0.0' },
    ]);
    expect(await registry.listDeployments(tenantId)).toMatchObject([
      { id: result.deploymentId, status: 'ready', result, bundleVersion: '1.0.0' },
    ]);
  });

  it('returns the first result for a second call, and writes nothing', async () => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    const first = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    const before = await worldOf(tenant, tenant);
    const heard: DeployStatus[] = [];
    const second = await tenant.deployments.executeDeployment(tenant.tenantId, plan, {
      onStatus: (status) => heard.push(status),
    });
    expect(second).toEqual({ ...first, outcome: 'already_applied', statementsExecuted: 0 });
    expect(heard).toEqual(['validating', 'diffing', 'ready']);
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  it('executes a plan on another tenant with the same schema', async () => {
    const plane = await openDeployPlane();
    const [one, other] = [await activeTenant(plane), await activeTenant(plane, 'globex')];
    const plan = await planFor(plane, one, CRM_1);
    const result = await plane.deployments.executeDeployment(other, plan);
    expect(result).toMatchObject({ status: 'ready', tenantId: other, outcome: 'applied' });
    expect(await (await plane.router.getTenantClient(other)).count('contact')).toBe(2);
    await expect((await plane.router.getTenantClient(one)).count('contact')).rejects.toMatchObject({
      code: 'object_not_found',
    });
  });

  it('checks the quota of each tenant, whichever tenant was planned for', async () => {
    const plane = await openDeployPlane();
    const [large, small] = [await activeTenant(plane), await activeTenant(plane, 'globex')];
    await plane.provisioning.migrateTenantPlan(large, 'pro');
    const objects = Array.from({ length: 51 }, (_, index) => objectOf(`object_${index}`, {}));
    const plan = await planFor(plane, large, bundleOf({ objects }));
    const driver = await plane.router.getTenantClient(small);
    const before = await worldOf(plane, { tenantId: small, driver });
    await expect(plane.deployments.executeDeployment(small, plan)).rejects.toMatchObject({
      code: 'quota_exceeded',
    });
    expect(await worldOf(plane, { tenantId: small, driver })).toEqual(before);
  });

  it('rejects a plan whose base schema changed, without any change', async () => {
    const tenant = await openTenant();
    const stale = await planFor(tenant, tenant.tenantId, CRM_2);
    await deploy(tenant, CRM_1);
    const before = await worldOf(tenant, tenant);
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, stale)).rejects.toMatchObject({
      code: 'plan_stale',
    });
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  it('rejects a plan after a table was changed outside of a deployment', async () => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    await tenant.driver.execute('CREATE TABLE notes (id TEXT)');
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, plan)).rejects.toMatchObject({
      code: 'plan_stale',
    });
  });

  it.each([
    ['bundle_corrupt', (file: string) => writeFile(file, '{}')],
    ['bundle_not_found', (file: string) => rm(file)],
  ])('rejects with %s if the stored bundle is damaged or missing', async (code, damage) => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    await damage(await bundleFile(tenant, plan));
    const before = await databaseContent(tenant.driver);
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, plan)).rejects.toMatchObject({ code });
    expect(await databaseContent(tenant.driver)).toEqual(before);
    await planFor(tenant, tenant.tenantId, CRM_1);
    expect((await tenant.deployments.executeDeployment(tenant.tenantId, plan)).status).toBe('ready');
  });

  it('fails on data that violates a check, names the change, and succeeds once the data is corrected', async () => {
    const tenant = await openTenant();
    const { driver, tenantId, deployments } = tenant;
    const name = { type: 'text' } as const;
    await deploy(tenant, bundleOf({ objects: [objectOf('account', { name })] }));
    const [first] = await driver.bulkCreate('account', [{ name: 'a' }, { name: 'a' }]);
    const plan = await planFor(
      tenant,
      tenantId,
      bundleOf({ objects: [objectOf('account', { name: { ...name, unique: true }, more: name })] }, '2.0.0'),
    );
    const before = await databaseContent(driver);
    const failed = await deployments.executeDeployment(tenantId, plan);
    expect(failed).toMatchObject({
      status: 'failed',
      outcome: 'not_applied',
      statementsExecuted: 0,
      seeds: [],
      error: {
        code: 'unique_violation',
        details: { changeId: expect.stringMatching(/^add_index:account\./) },
      },
    });
    expect(statusesOf(failed)).toEqual(['validating', 'diffing', 'migrating', 'failed']);
    expect(await databaseContent(driver)).toEqual(before);
    await driver.update('account', first?.id ?? '', { name: 'b' });
    const ready = await deployments.executeDeployment(tenantId, plan);
    expect(ready).toMatchObject({ status: 'ready', outcome: 'applied', deploymentId: failed.deploymentId });
    expect(await tenant.registry.getDeployment(tenantId, ready.deploymentId)).toMatchObject({
      status: 'ready',
    });
  });

  it.each(['validating', 'diffing', 'migrating', 'registering'] as const)(
    'rejects with aborted at %s, and completes when repeated',
    async (at) => {
      const tenant = await openTenant();
      const plan = await planFor(tenant, tenant.tenantId, CRM_1);
      const before = await databaseContent(tenant.driver);
      const controller = new AbortController();
      const onStatus = (status: DeployStatus) => status === at && controller.abort();
      await expect(
        tenant.deployments.executeDeployment(tenant.tenantId, plan, { signal: controller.signal, onStatus }),
      ).rejects.toMatchObject({ code: 'aborted' });
      if (at !== 'registering') expect(await databaseContent(tenant.driver)).toEqual(before);
      const result = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
      expect(result).toMatchObject({
        status: 'ready',
        outcome: at === 'registering' ? 'already_applied' : 'applied',
      });
      expect(result.seeds.map(({ inserted }) => inserted)).toEqual([2, 2]);
      expect(await tenant.driver.count('account')).toBe(2);
    },
  );

  it.each([
    [
      'throws',
      () => {
        throw new Error('listener');
      },
    ],
    ['rejects', () => Promise.reject(new Error('listener')) as unknown as undefined],
  ])('is not affected by a listener that %s', async (_how, onStatus) => {
    const tenant = await openTenant();
    expect((await deploy(tenant, CRM_1, { onStatus })).status).toBe('ready');
    expect(await tenant.driver.count('contact')).toBe(2);
  });

  it('writes no seeds when the same bytes are deployed again', async () => {
    const tenant = await openTenant();
    const first = await deploy(tenant, CRM_1);
    await tenant.driver.updateMany('account', { where: { name: 'Acme' } }, { industry: 'farming' });
    const rows = await tenant.driver.find('account');
    const again = await deploy(tenant, CRM_1);
    expect(again).toMatchObject({ status: 'ready', outcome: 'unchanged', statementsExecuted: 0 });
    expect(again.deploymentId).toBe(first.deploymentId);
    expect(again.seeds.map(({ outcome, inserted, unchanged }) => [outcome, inserted, unchanged])).toEqual([
      ['already_written', 0, 2],
      ['already_written', 0, 2],
    ]);
    expect(await tenant.driver.find('account')).toEqual(rows);
  });

  it('deploys a second version and keeps the data, also for an existing handle', async () => {
    const tenant = await openTenant();
    const { driver } = tenant;
    await deploy(tenant, CRM_1);
    const mine = await driver.create('account', { name: 'Mine' });
    const before = await driver.find('account');
    expect(await deploy(tenant, CRM_2)).toMatchObject({ status: 'ready', outcome: 'applied' });
    const after = await driver.find('account');
    expect(after).toEqual(before.map((record) => ({ ...record, rating: null, region: null })));
    const [north] = await driver.find('region');
    expect(await driver.update('account', mine.id, { rating: 5, region: north?.id })).toMatchObject({
      rating: 5,
    });
    await expect(driver.update('account', mine.id, { region: 'nowhere' })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
  });

  it('writes the seeds of another environment if it is executed for that one', async () => {
    const tenant = await openTenant();
    const object = objectOf('account', { name: { type: 'text' } });
    const set = (env: 'prod' | 'dev', name: string) => ({
      object: 'account',
      env: [env],
      records: [{ name }],
    });
    const bundle: DeployBundleInput = bundleOf({
      objects: [object],
      seedData: [set('prod', 'P'), set('dev', 'D')],
    });
    const plan = await planFor(tenant, tenant.tenantId, bundle);
    const prod = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(prod.seeds.map(({ outcome, inserted }) => [outcome, inserted])).toEqual([
      ['written', 1],
      ['other_environment', 0],
    ]);
    const dev = await tenant.deployments.executeDeployment(tenant.tenantId, plan, { environment: 'dev' });
    expect(dev.seeds.map(({ outcome, inserted }) => [outcome, inserted])).toEqual([
      ['other_environment', 0],
      ['written', 1],
    ]);
    expect(await recordsBy(tenant.driver, 'account', 'name', [])).toEqual({ D: [], P: [] });
  });

  it('does not resume if its tables were changed outside of a deployment', async () => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    const controller = new AbortController();
    const onStatus = (status: DeployStatus) => status === 'registering' && controller.abort();
    const options = { signal: controller.signal, onStatus };
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, plan, options)).rejects.toMatchObject({
      code: 'aborted',
    });
    await tenant.driver.execute('ALTER TABLE account ADD COLUMN more TEXT');
    const before = await worldOf(tenant, tenant);
    await expect(tenant.deployments.executeDeployment(tenant.tenantId, plan)).rejects.toMatchObject({
      code: 'schema_mismatch',
    });
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });
});
