import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { hasNoChanges } from '@objectstack/spec/system';
import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { GRACE_MS } from '../../test/deadlines.js';
import { recordsBy } from '../../test/deploy-plane.js';
import { atBoundary, type Faults, failOnce } from '../../test/fault-plane.js';
import { ManualClock } from '../../test/manual-clock.js';
import { bundleOf, CRM_1, CRM_2, objectOf } from '../../test/sample-bundles.js';
import { openTemplatePlane, TEMPLATE_GRACE_MS, type TemplatePlane } from '../../test/template-plane.js';
import { LEASE_MS } from '../provisioning/provisioning-lease.js';

const REQUEST = { orgId: 'acme', requestKey: 'signup-1', templateName: 'crm' } as const;
const SMALL = bundleOf({ objects: [objectOf('note', { text: { type: 'text' } })] });

async function active({ provisioning }: TemplatePlane, request: object = {}): Promise<string> {
  const { requestKey: _, ...plain } = REQUEST;
  const result = await provisioning.provisionTenant({ ...plain, ...request });
  expect(result).toMatchObject({ status: 'active' });
  return result.tenantId;
}

const databasesOf = async ({ dataPlane }: TemplatePlane) =>
  (await dataPlane.platform.listDatabases()).map(({ name }) => name);

describe('a tenant that is provisioned from a template', () => {
  it('has the objects, records and deployment of the template, and its own marker', async () => {
    const plane = await openTemplatePlane({ templates: { crm: CRM_1 } });
    const { provisioning, router, registry, deployments } = plane;
    const result = await provisioning.provisionTenant(REQUEST);
    const { tenantId } = result;
    expect(result.steps.map(({ name, status }) => [name, status])).toEqual([
      ['create_database', 'completed'],
      ['await_database', 'completed'],
      ['claim_database', 'completed'],
      ['register_deployment', 'completed'],
      ['activate', 'completed'],
    ]);
    const driver = await router.getTenantClient(tenantId);
    expect(await recordsBy(driver, 'account', 'name', ['industry'])).toEqual({
      Acme: ['ships'],
      Globex: ['farming'],
    });
    expect((await driver.find('_os_tenant', {}, { system: true })).map(({ id }) => id)).toEqual([tenantId]);
    const [record, ...others] = await registry.listDeployments(tenantId);
    expect(others).toEqual([]);
    expect(record).toMatchObject({ tenantId, status: 'ready', result: { tenantId, status: 'ready' } });
    expect(await provisioning.inspectTenants()).toEqual([]);
    expect((await deployments.latest(tenantId))?.id).toBe(record?.id);
  });

  it('is deployed to and rolled back like any other, except that the first deployment stays', async () => {
    const plane = await openTemplatePlane({ templates: { crm: CRM_1 } });
    const { deployments } = plane;
    const tenantId = await active(plane);
    const first = (await deployments.latest(tenantId))?.id ?? '';
    expect(hasNoChanges(await deployments.planDeployment(tenantId, CRM_1))).toBe(true);
    expect((await deployments.deploy(tenantId, CRM_1)).outcome).toBe('unchanged');
    await expect(deployments.rollbackDeployment(tenantId, first)).rejects.toMatchObject({
      code: 'not_latest',
      message: expect.stringContaining('first deployment'),
    });
    const { deploymentId, outcome } = await deployments.deploy(tenantId, CRM_2);
    expect(outcome).toBe('applied');
    await deployments.rollbackDeployment(tenantId, deploymentId);
    expect((await deployments.latest(tenantId))?.id).toBe(first);
    expect(hasNoChanges(await deployments.planDeployment(tenantId, CRM_1))).toBe(true);
  });

  it('shares no record with the template or another copy', async () => {
    const plane = await openTemplatePlane({ templates: { crm: CRM_1 } });
    const [one, other] = [await active(plane), await active(plane)];
    const driver = await plane.router.getTenantClient(one);
    await driver.create('account', { name: 'Initech' });
    const third = await active(plane);
    for (const id of [other, third])
      expect(await (await plane.router.getTenantClient(id)).count('account')).toBe(2);
  });

  it.each(Array.from({ length: 8 }, (_, boundary) => boundary).filter((boundary) => isSampled(boundary, 4)))(
    'is completed by a retry after a failure at boundary %i, before or after the effect',
    async (boundary) => {
      const { dir, templates } = await openTemplatePlane({ templates: { crm: SMALL } });
      await templates.prepare('crm', { plan: 'free', region: null }, {});
      const faults = atBoundary(boundary, (name) => {
        throw new Error(`Lost at ${name}.`);
      });
      const clock = new ManualClock();
      const broken = await openTemplatePlane({ templates: { crm: SMALL }, dir, clock, faults });
      await broken.provisioning.provisionTenant(REQUEST).catch(() => undefined);
      clock.advance(LEASE_MS);
      const plane = await openTemplatePlane({ templates: { crm: SMALL }, dir, clock });
      const retried = await plane.provisioning.provisionTenant(REQUEST);
      expect(retried.status).toBe('active');
      expect(retried.steps.every(({ status }) => status === 'completed')).toBe(true);
      const driver = await plane.router.getTenantClient(retried.tenantId);
      expect(await driver.count('note')).toBe(0);
      expect(await databasesOf(plane)).toHaveLength(2);
      expect(await plane.registry.listDeployments(retried.tenantId)).toHaveLength(1);
      expect(await plane.provisioning.inspectTenants()).toEqual([]);
    },
  );

  it('has no further boundaries', async () => {
    const { dir, templates } = await openTemplatePlane({ templates: { crm: SMALL } });
    await templates.prepare('crm', { plan: 'free', region: null }, {});
    const names: string[] = [];
    const note = (name: string) => void names.push(name);
    const faults = { before: note, after: note };
    await active(await openTemplatePlane({ templates: { crm: SMALL }, dir, faults }));
    expect(names).toHaveLength(8);
  });

  it('is completed from its first template after the bundle has changed', async () => {
    const busy = new ObjectStackError({ code: 'database_busy', message: 'Held.' });
    const faults = failOnce('claimDatabase', busy);
    const first = await openTemplatePlane({ templates: { crm: SMALL } });
    await first.templates.prepare('crm', { plan: 'free', region: null }, {});
    const broken = await openTemplatePlane({ templates: { crm: SMALL }, dir: first.dir, faults });
    expect((await broken.provisioning.provisionTenant(REQUEST)).status).toBe('failed');
    const plane = await openTemplatePlane({ templates: { crm: CRM_1 }, dir: first.dir });
    plane.clock.advance(3 * TEMPLATE_GRACE_MS);
    expect((await plane.provisioning.sweep()).removedTemplates).toEqual([]);
    const { tenantId } = await plane.provisioning.provisionTenant(REQUEST);
    expect(await (await plane.router.getTenantClient(tenantId)).count('note')).toBe(0);
    expect((await plane.provisioning.sweep()).removedTemplates).toHaveLength(1);
  });

  it('never claims a database that is not a copy of its template', async () => {
    const first = await openTemplatePlane({ templates: { crm: SMALL } });
    await first.templates.prepare('crm', { plan: 'free', region: null }, {});
    for (const claimedFor of [undefined, 'template-other', 'other']) {
      const faults: Faults = {
        before: async (effect) => {
          if (effect !== 'createDatabase') return;
          const records = await first.registry.listTenants('acme');
          const record = records.find(({ tenant }) => tenant.provisioningStatus === 'provisioning');
          const request = { name: record?.databaseName ?? '' };
          const { url, name } = await first.dataPlane.platform.createDatabase(request);
          if (claimedFor) await first.dataPlane.claimDatabase({ url, databaseName: name }, claimedFor);
        },
        after: () => {},
      };
      const plane = await openTemplatePlane({ templates: { crm: SMALL }, dir: first.dir, faults });
      const requestKey = `key-${claimedFor}`;
      const result = await plane.provisioning.provisionTenant({ ...REQUEST, requestKey });
      expect(result).toMatchObject({
        status: 'failed',
        error: { details: { step: 'claim_database', errorCode: 'database_collision' } },
      });
    }
  });

  it('leaves no database behind if it is destroyed between copy and claim', async () => {
    const busy = new ObjectStackError({ code: 'database_busy', message: 'Held.' });
    const first = await openTemplatePlane({ templates: { crm: SMALL } });
    await first.templates.prepare('crm', { plan: 'free', region: null }, {});
    const faults = failOnce('claimDatabase', busy);
    const plane = await openTemplatePlane({ templates: { crm: SMALL }, dir: first.dir, faults });
    const { tenantId } = await plane.provisioning.provisionTenant(REQUEST);
    expect(await databasesOf(plane)).toHaveLength(2);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
    const databaseName = (await plane.registry.getTenant(tenantId))?.databaseName ?? '';
    await expect(plane.provisioning.adoptTenant({ databaseName, orgId: 'acme' })).rejects.toMatchObject({
      code: 'database_collision',
    });
    await plane.provisioning.destroyTenant(tenantId);
    plane.clock.advance(GRACE_MS + 1);
    expect((await plane.provisioning.sweep()).purged).toEqual([tenantId]);
    expect(await databasesOf(plane)).toHaveLength(1);
  });
});

describe('templates', () => {
  it('are built once by several processes and callers, and separately for each bundle and region', async () => {
    const templates = { crm: CRM_1, same: CRM_1, small: SMALL };
    const one = await openTemplatePlane({ templates });
    const other = await openTemplatePlane({ templates, dir: one.dir });
    const prepare = (plane: TemplatePlane, name: string, region: 'eu-west' | null = null) =>
      plane.templates.prepare(name, { plan: 'free', region }, {});
    const [first, ...same] = await Promise.all([
      prepare(one, 'crm'),
      prepare(one, 'crm'),
      prepare(other, 'crm'),
      prepare(other, 'same'),
    ]);
    expect(new Set(same)).toEqual(new Set([first]));
    const others = [await prepare(one, 'small'), await prepare(one, 'crm', 'eu-west')];
    expect(new Set([first, ...others]).size).toBe(3);
    expect(await databasesOf(one)).toEqual([first, ...others].toSorted());
    expect(await one.registry.listDeployments(first)).toHaveLength(1);
    expect(await one.provisioning.inspectTenants()).toEqual([]);
  });

  it.each(Array.from({ length: 4 }, (_, boundary) => boundary))(
    'are completed after their build was interrupted at boundary %i',
    async (boundary) => {
      const faults = atBoundary(boundary, () => {
        throw new Error('Lost.');
      });
      const broken = await openTemplatePlane({ templates: { crm: SMALL }, faults });
      const request = { plan: 'free', region: null } as const;
      await expect(broken.templates.prepare('crm', request, {})).rejects.toThrow('Lost.');
      const plane = await openTemplatePlane({ templates: { crm: SMALL }, dir: broken.dir });
      const name = await plane.templates.prepare('crm', request, {});
      expect(await databasesOf(plane)).toEqual([name]);
      expect(await plane.registry.listTemplates()).toMatchObject([{ databaseName: name, status: 'ready' }]);
    },
  );

  it('are rebuilt when their bundle changes; the former one is deleted after the grace period', async () => {
    const former = await openTemplatePlane({ templates: { crm: CRM_1 } });
    await active(former);
    const plane = await openTemplatePlane({
      templates: { crm: CRM_2 },
      dir: former.dir,
      clock: former.clock,
    });
    const tenantId = await active(plane);
    expect(await (await plane.router.getTenantClient(tenantId)).count('region')).toBe(1);
    expect(await plane.registry.listTemplates()).toHaveLength(2);
    plane.clock.advance(TEMPLATE_GRACE_MS - 1);
    expect((await plane.provisioning.sweep()).removedTemplates).toEqual([]);
    await former.provisioning.sweep();
    plane.clock.advance(TEMPLATE_GRACE_MS);
    expect((await plane.provisioning.sweep()).removedTemplates).toEqual([]);
    plane.clock.advance(2);
    const { removedTemplates } = await plane.provisioning.sweep();
    expect(removedTemplates).toHaveLength(1);
    const [{ databaseName } = { databaseName: '' }] = await plane.registry.listTemplates();
    expect(await plane.registry.listTemplates()).toHaveLength(1);
    // The record of a deployment keeps its bundle from being removed.
    expect(await plane.registry.listDeployments(removedTemplates[0] ?? '')).toEqual([]);
    expect(await plane.registry.listDeployments(databaseName)).toHaveLength(1);
    expect(await databasesOf(plane)).toHaveLength(3);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
    await active(former);
    expect(await plane.registry.listTemplates()).toHaveLength(2);
  });

  it('are built again if their database is lost', async () => {
    const plane = await openTemplatePlane({ templates: { crm: SMALL } });
    const name = await plane.templates.prepare('crm', { plan: 'free', region: null }, {});
    await plane.dataPlane.close();
    for (const suffix of ['', '-wal', '-shm'])
      await rm(join(plane.dir, 'tenants', `${name}.db${suffix}`), { force: true });
    const again = await openTemplatePlane({ templates: { crm: SMALL }, dir: plane.dir });
    const tenantId = await active(again);
    expect(await (await again.router.getTenantClient(tenantId)).count('note')).toBe(0);
    const gone = await openTemplatePlane({ templates: {}, dir: plane.dir });
    expect(await gone.templates.restore(name)).toBe(false);
  });

  it('are not used while they are incomplete because building them again failed', async () => {
    const plane = await openTemplatePlane({ templates: { crm: CRM_1 } });
    const name = await plane.templates.prepare('crm', { plan: 'free', region: null }, {});
    await plane.dataPlane.close();
    for (const suffix of ['', '-wal', '-shm'])
      await rm(join(plane.dir, 'tenants', `${name}.db${suffix}`), { force: true });
    const again = await openTemplatePlane({ templates: { crm: CRM_1 }, dir: plane.dir });
    // The template as it is after its claim.
    const { platform, claimDatabase } = again.dataPlane;
    const { url } = await platform.createDatabase({ name });
    await claimDatabase({ url, databaseName: name }, name);
    const failed = await again.provisioning.provisionTenant({ orgId: 'acme', templateName: 'crm' });
    expect(failed.status).toBe('failed');
    expect(failed.steps.at(-1)).toMatchObject({
      name: 'register_deployment',
      errorCode: 'database_invalid',
    });
    const tenantId = await active(again);
    expect(await (await again.router.getTenantClient(tenantId)).count('account')).toBeGreaterThan(0);
  });

  it('are refused, with nothing created, if the plan does not allow their objects or the name is unknown', async () => {
    const objects = Array.from({ length: 51 }, (_, index) =>
      objectOf(`object_${index}`, { name: { type: 'text' } }),
    );
    const plane = await openTemplatePlane({ templates: { large: bundleOf({ objects }) } });
    const refused = plane.provisioning.provisionTenant({ orgId: 'acme', templateName: 'large' });
    await expect(refused).rejects.toMatchObject({ code: 'quota_exceeded', details: { maximum: 50 } });
    const unknown = plane.provisioning.provisionTenant({ orgId: 'acme', templateName: 'toString' });
    await expect(unknown).rejects.toMatchObject({ code: 'not_supported' });
    expect(await plane.registry.listAllTenants()).toEqual([]);
    expect(await databasesOf(plane)).toEqual([]);
    await active(plane, { plan: 'pro', templateName: 'large' });
  });

  it('are not needed to repeat a request whose tenant exists', async () => {
    const first = await openTemplatePlane({ templates: { crm: SMALL } });
    const { tenantId } = await first.provisioning.provisionTenant(REQUEST);
    const plane = await openTemplatePlane({ templates: {}, dir: first.dir });
    expect(await plane.provisioning.provisionTenant(REQUEST)).toMatchObject({ status: 'active', tenantId });
    const { templateName: _, ...other } = REQUEST;
    await expect(plane.provisioning.provisionTenant(other)).rejects.toMatchObject({
      code: 'idempotency_conflict',
    });
  });

  it('cannot be adopted as tenants', async () => {
    const plane = await openTemplatePlane({ templates: { crm: SMALL } });
    const databaseName = await plane.templates.prepare('crm', { plan: 'free', region: null }, {});
    await expect(plane.provisioning.adoptTenant({ databaseName, orgId: 'acme' })).rejects.toMatchObject({
      code: 'database_collision',
    });
  });
});
