import type { ObjectDefinition } from '@objectstack/spec/data';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { activeTenant } from '../../test/control-plane.js';
import {
  databaseContent,
  deploy,
  openDeployPlane,
  openTenant,
  planFor,
  worldOf,
} from '../../test/deploy-plane.js';
import { bundleOf, CRM_1, CRM_2, objectOf } from '../../test/sample-bundles.js';
import { tenantRecord } from '../../test/tenant-record.js';

const text = { type: 'text' } as const;
const named = (name: string, rest: Partial<ObjectDefinition> = {}) => objectOf(name, { name: text }, rest);
const manyObjects = (count: number) =>
  bundleOf({ objects: Array.from({ length: count }, (_, index) => named(`object_${index}`)) });

describe('planDeployment', () => {
  it('includes the warnings of the bundle in the plan, but not in its hash', async () => {
    const tenant = await openTenant();
    const bundle = bundleOf({
      objects: [objectOf('contact', { account: { type: 'lookup', reference: 'acount' } })],
    });
    const plan = await planFor(tenant, tenant.tenantId, bundle);
    expect(plan.warnings).toMatchObject([
      { severity: 'warning', path: '/objects/0/fields/account/reference' },
    ]);
    const result = await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(result.status).toBe('ready');
  });

  it('describes the changes without changing a tenant database', async () => {
    const tenant = await openTenant();
    const before = await databaseContent(tenant.driver);
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    expect(plan.statements.map(({ changeId }) => changeId)).toEqual([
      'add_object:account',
      'add_object:account',
      'add_object:contact',
      'add_object:contact',
      'add_object:contact',
    ]);
    expect(plan).toMatchObject({ bundleVersion: '1.0.0', reversible: true, findings: [] });
    expect(await databaseContent(tenant.driver)).toEqual(before);
    expect(await tenant.registry.listDeployments(tenant.tenantId)).toEqual([]);
  });

  it('stores the bundle under the checksum that it pins', async () => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_1);
    const bytes = await tenant.bundles.get(plan.bundleChecksum ?? '');
    expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ manifest: { version: '1.0.0' } });
    expect(tenant.deployments.validateBundle(CRM_1).checksum).toBe(plan.bundleChecksum);
  });

  it('is the same plan for two tenants with the same schema', async () => {
    const plane = await openDeployPlane();
    const tenants = [await activeTenant(plane), await activeTenant(plane, 'globex')];
    const [first, second] = await Promise.all(tenants.map((id) => planFor(plane, id, CRM_1)));
    expect(first).toEqual(second);
  });

  it('counts the records that violate a check, outside the hash', async () => {
    const tenant = await openTenant();
    await deploy(tenant, bundleOf({ objects: [named('account')] }));
    const unique = bundleOf({ objects: [objectOf('account', { name: { ...text, unique: true } })] }, '2.0.0');
    const clean = await planFor(tenant, tenant.tenantId, unique);
    await tenant.driver.bulkCreate('account', [{ name: 'a' }, { name: 'a' }, { name: 'b' }]);
    const plan = await planFor(tenant, tenant.tenantId, unique);
    expect(plan.findings).toMatchObject([{ checkId: plan.preflight[0]?.id, rows: 2 }]);
    expect(plan.findings?.[0]?.samples).toHaveLength(2);
    expect(plan.planHash).toBe(clean.planHash);
    expect(plan.statements[0]).toMatchObject({ risk: 'may_fail' });
  });

  it.each([
    ['invalid_bundle', { manifest: { version: 'one' } }],
    ['invalid_bundle', null],
    ['unsupported_protocol_version', { ...CRM_1, protocolVersion: '2' }],
    ['quota_exceeded', manyObjects(51)],
  ])('rejects with %s without any effect', async (code, bundle) => {
    const tenant = await openTenant();
    const before = await worldOf(tenant, tenant);
    await expect(planFor(tenant, tenant.tenantId, bundle as DeployBundleInput)).rejects.toMatchObject({
      code,
    });
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  it('allows as many objects as the plan of the tenant', async () => {
    const tenant = await openTenant();
    expect((await planFor(tenant, tenant.tenantId, manyObjects(50))).statements).toHaveLength(50);
    await tenant.provisioning.migrateTenantPlan(tenant.tenantId, 'pro');
    expect((await planFor(tenant, tenant.tenantId, manyObjects(51))).statements).toHaveLength(51);
  });

  it('rejects the name of an unmanaged table with object_conflict', async () => {
    const tenant = await openTenant();
    await tenant.driver.execute('CREATE TABLE account (id TEXT)');
    const before = await worldOf(tenant, tenant);
    await expect(planFor(tenant, tenant.tenantId, CRM_1)).rejects.toMatchObject({
      code: 'object_conflict',
      details: { object: 'account' },
    });
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  it('rejects with aborted before the bundle is stored', async () => {
    const tenant = await openTenant();
    const before = await worldOf(tenant, tenant);
    const signal = AbortSignal.abort();
    await expect(tenant.deployments.planDeployment(tenant.tenantId, CRM_1, { signal })).rejects.toMatchObject(
      {
        code: 'aborted',
      },
    );
    expect(await worldOf(tenant, tenant)).toEqual(before);
  });

  const before = bundleOf({
    objects: [
      objectOf('account', { name: text, size: { type: 'number' }, key: { ...text, unique: true } }),
      objectOf('contact', { name: text, account: { type: 'lookup', reference: 'account' } }),
    ],
  });
  const [account, contact] = before.objects as [ObjectDefinition, ObjectDefinition];
  const { size: _size, ...withoutSize } = account.fields;
  it('renames, retypes and tightens, and keeps every record', async () => {
    const tenant = await openTenant();
    await deploy(tenant, before);
    const driver = await tenant.router.getTenantClient(tenant.tenantId);
    const { id } = await driver.create('account', { name: 'Acme', size: 12, key: 'k' });
    await driver.create('contact', { name: 'Ann', account: id });
    const fields = { ...withoutSize, headcount: { ...text, renamedFrom: 'size' } };
    const objects = [
      { ...account, fields },
      {
        ...contact,
        name: 'client',
        renamedFrom: 'contact',
        fields: {
          name: { ...text, storage: { notNull: true } },
          account: { ...contact.fields.account, required: true },
        },
      },
    ] as ObjectDefinition[];
    const plan = await planFor(tenant, tenant.tenantId, bundleOf({ objects }, '2.0.0'));
    expect(plan.findings?.every(({ rows }) => rows === 0)).toBe(true);
    await tenant.deployments.executeDeployment(tenant.tenantId, plan);
    expect(await driver.find('account')).toMatchObject([{ id, headcount: '12', key: 'k' }]);
    expect(await driver.find('client')).toMatchObject([{ name: 'Ann', account: id }]);
    await expect(driver.delete('account', id)).rejects.toMatchObject({ code: 'foreign_key_violation' });
    await expect(driver.find('contact')).rejects.toMatchObject({ code: 'object_not_found' });
  });
});

describe('a tenant that cannot be deployed to', () => {
  it.each([
    ['tenant_not_found', async () => 'unknown'],
    [
      'tenant_suspended',
      async ({ provisioning, tenantId }: Awaited<ReturnType<typeof openTenant>>) => {
        await provisioning.suspendTenant(tenantId);
        return tenantId;
      },
    ],
    [
      'tenant_not_found',
      async ({ provisioning, tenantId }: Awaited<ReturnType<typeof openTenant>>) => {
        await provisioning.destroyTenant(tenantId);
        return tenantId;
      },
    ],
  ])('is rejected with %s', async (code, prepare) => {
    const tenant = await openTenant();
    const plan = await planFor(tenant, tenant.tenantId, CRM_2);
    const tenantId = await prepare(tenant);
    await expect(planFor(tenant, tenantId, CRM_1)).rejects.toMatchObject({ code });
    await expect(tenant.deployments.executeDeployment(tenantId, plan)).rejects.toMatchObject({ code });
    expect(await tenant.registry.listDeployments(tenantId)).toEqual([]);
  });

  it('is rejected with tenant_not_ready while it is provisioned', async () => {
    const tenant = await openTenant();
    const record = tenantRecord();
    await tenant.registry.createTenant(record);
    await expect(planFor(tenant, record.tenant.id, CRM_1)).rejects.toMatchObject({
      code: 'tenant_not_ready',
    });
  });
});

describe('declarations of system fields', () => {
  const ticket = (label: string) => {
    const created = { type: 'datetime', label, group: 'audit', description: 'First seen.' } as const;
    return { created, object: objectOf('ticket', { title: { type: 'text' }, created_at: created }) };
  };

  it('are returned as they were written, and never change a table', async () => {
    const tenant = await openTenant();
    const { driver, tenantId, dataPlane } = tenant;
    await deploy(tenant, bundleOf({ objects: [objectOf('ticket', { title: { type: 'text' } })] }));
    const tables = async () =>
      (await driver.execute(`SELECT sql FROM sqlite_schema WHERE tbl_name = 'ticket' ORDER BY name`)).rows;
    const before = await tables();
    for (const [label, version] of [
      ['Opened', '1.0.1'],
      ['Created', '1.0.2'],
    ] as const) {
      const { created, object } = ticket(label);
      const bundle = bundleOf({ objects: [object] }, version);
      const plan = await planFor(tenant, tenantId, bundle);
      expect(plan.diff.tables).toEqual([]);
      expect(plan.diff.fields).toEqual([]);
      expect(await deploy(tenant, bundle)).toMatchObject({ status: 'ready', outcome: 'applied' });
      const [live] = (await dataPlane.schemaDiff.introspect(driver)).objects;
      expect(live?.definition.systemFieldDeclarations).toEqual({ created_at: created });
      expect(await tables()).toEqual(before);
      expect(await deploy(tenant, bundle)).toMatchObject({ outcome: 'unchanged' });
    }
  });
});
