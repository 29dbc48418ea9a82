import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { TENANT_PLAN_QUOTAS, TenantProvisioningResultSchema } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { activeTenant, GRACE_MS, openControlPlane } from '../../test/control-plane.js';
import { atBoundary, type Faults, failOnce } from '../../test/fault-plane.js';
import { LEASE_MS } from './provisioning-lease.js';
import { createProvisioningService } from './provisioning-service.js';

const REQUEST = { orgId: 'acme', requestKey: 'signup-1' } as const;
const busy = () => new ObjectStackError({ code: 'database_busy', message: 'Held.' });

describe('provisionTenant', () => {
  it('creates a tenant with its own database, which contains its marker', async () => {
    const plane = await openControlPlane();
    const result = await plane.provisioning.provisionTenant({
      orgId: 'acme',
      plan: 'pro',
      region: 'eu-west',
      displayName: 'Acme',
      adminEmail: 'ops@acme.example',
      metadata: { source: 'web' },
    });
    expect(TenantProvisioningResultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ status: 'active', plan: 'pro', region: 'eu-west' });
    expect(result.steps.map(({ name, status, attempt }) => [name, status, attempt])).toEqual([
      ['create_database', 'completed', 1],
      ['await_database', 'completed', 1],
      ['claim_database', 'completed', 1],
      ['activate', 'completed', 1],
    ]);
    const client = await plane.router.getTenantClient(result.tenantId);
    const markers = await client.find('_os_tenant', {}, { system: true });
    expect(markers.map(({ id }) => id)).toEqual([result.tenantId]);
    expect((await plane.registry.getTenant(result.tenantId))?.tenant).toMatchObject({
      name: 'Acme',
      adminEmail: 'ops@acme.example',
      metadata: { source: 'web' },
      quotas: TENANT_PLAN_QUOTAS.pro,
      provisioningStatus: 'active',
    });
  });

  it.each([{ region: 'eu-west' }, {}] as const)(
    'records the region in which the data plane creates its databases, for a request with %j',
    async (asked) => {
      const { dir, dataPlane, registry, router } = await openControlPlane();
      const placed = Object.create(dataPlane, { region: { value: 'ap-south' } });
      const provisioning = createProvisioningService({ registry, dataPlane: placed, router });
      const { tenantId, region } = await provisioning.provisionTenant({ ...REQUEST, ...asked });
      expect([region, (await registry.getTenant(tenantId))?.tenant.region]).toEqual(['ap-south', 'ap-south']);
      const again = await openControlPlane({ dir });
      expect((await again.provisioning.provisionTenant({ ...REQUEST, ...asked })).tenantId).toBe(tenantId);
    },
  );

  it('returns the first tenant for the same request key, and completes no step twice', async () => {
    const plane = await openControlPlane();
    const first = await plane.provisioning.provisionTenant(REQUEST);
    const second = await plane.provisioning.provisionTenant({ ...REQUEST, plan: 'free' });
    expect({ ...second, totalDurationMs: 0 }).toEqual({ ...first, totalDurationMs: 0 });
    await plane.provisioning.suspendTenant(first.tenantId);
    expect((await plane.provisioning.provisionTenant(REQUEST)).status).toBe('suspended');
    expect(await plane.dataPlane.platform.listDatabases()).toHaveLength(1);
  });

  it.each([
    ['provisioning_template', { templateName: 'crm-starter' }, 'crm-starter'],
    ['isolation_level', { isolationLevel: 'shared_schema' }, 'shared_schema'],
    ['isolation_level', { isolationLevel: 'isolated_schema' }, 'isolated_schema'],
    ['database_provider', { databaseProvider: 'postgres' }, 'postgres'],
    ['database_provider', { databaseProvider: 'memory' }, 'memory'],
  ] as const)('rejects the unsupported %s and creates nothing: %j', async (feature, part, subject) => {
    const plane = await openControlPlane();
    await expect(plane.provisioning.provisionTenant({ ...REQUEST, ...part })).rejects.toMatchObject({
      code: 'not_supported',
      details: { feature, subject },
    });
    expect(await plane.registry.listTenants('acme')).toEqual([]);
    expect(await plane.dataPlane.platform.listDatabases()).toEqual([]);
    const plain = { ...REQUEST, isolationLevel: 'isolated_db', databaseProvider: 'turso' } as const;
    expect((await plane.provisioning.provisionTenant(plain)).status).toBe('active');
  });

  it.each(['active', 'suspended'] as const)(
    'rejects the same request key for a %s tenant whose database is missing, and creates none',
    async (status) => {
      const plane = await openControlPlane();
      const { tenantId } = await plane.provisioning.provisionTenant(REQUEST);
      if (status === 'suspended') await plane.provisioning.suspendTenant(tenantId);
      const path = join(plane.dir, 'tenants', `t-${tenantId}.db`);
      await rename(path, `${path}.away`);
      await expect(plane.provisioning.provisionTenant(REQUEST)).rejects.toMatchObject({
        code: 'database_not_found',
        details: { tenantId, status, databaseName: `t-${tenantId}` },
      });
      expect(existsSync(path)).toBe(false);
      await rename(`${path}.away`, path);
      expect((await plane.provisioning.provisionTenant(REQUEST)).status).toBe(status);
    },
  );

  it('creates a new tenant at every call without a request key', async () => {
    const plane = await openControlPlane();
    const ids = [await activeTenant(plane), await activeTenant(plane)];
    expect(new Set(ids).size).toBe(2);
    expect(await plane.dataPlane.platform.listDatabases()).toHaveLength(2);
  });

  it('creates one tenant for concurrent calls with one request key', async () => {
    const plane = await openControlPlane();
    const results = await Promise.all(
      Array.from({ length: 12 }, () => plane.provisioning.provisionTenant(REQUEST)),
    );
    expect(new Set(results.map(({ tenantId }) => tenantId)).size).toBe(1);
    expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'active'));
    expect(await plane.dataPlane.platform.listDatabases()).toHaveLength(1);
  });

  it('rejects a different request under a used key', async () => {
    const { provisioning } = await openControlPlane();
    const { tenantId } = await provisioning.provisionTenant(REQUEST);
    await expect(provisioning.provisionTenant({ ...REQUEST, plan: 'pro' })).rejects.toMatchObject({
      code: 'idempotency_conflict',
      details: { tenantId },
    });
    expect((await provisioning.provisionTenant({ ...REQUEST, orgId: 'globex' })).tenantId).not.toBe(tenantId);
  });

  it('rejects a malformed request with a pointer to each issue, without values, and creates nothing', async () => {
    const { provisioning, registry } = await openControlPlane();
    const request = { orgId: '', plan: 'canary-gold', 'a/b': 1 };
    const error = await provisioning.provisionTenant(request as never).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'invalid_request' });
    expect(
      error.details.issues.map(({ path, code }: { path: string; code: string }) => [path, code]),
    ).toEqual([
      ['/orgId', 'too_small'],
      ['/plan', 'invalid_value'],
      ['/a~1b', 'unrecognized_keys'],
    ]);
    expect(JSON.stringify(error)).not.toContain('canary');
    expect(await registry.listTenants('')).toEqual([]);
  });

  it.each(['orgId', 'requestKey', 'displayName'])(
    'rejects text in %s that cannot be stored',
    async (name) => {
      const { provisioning, registry } = await openControlPlane();
      const request = { ...REQUEST, [name]: 'a\0b' };
      await expect(provisioning.provisionTenant(request)).rejects.toMatchObject({
        code: 'invalid_request',
        details: { issues: [{ path: `/${name}`, code: 'not_storable' }] },
      });
      expect(await registry.listAllTenants()).toEqual([]);
    },
  );

  it.each([
    ['createDatabase', 'create_database'],
    ['claimDatabase', 'claim_database'],
  ])('records a failure of %s, and resumes it for the same key', async (effect, step) => {
    const plane = await openControlPlane({ faults: failOnce(effect, busy()) });
    const failed = await plane.provisioning.provisionTenant(REQUEST);
    expect(failed).toMatchObject({
      status: 'failed',
      error: {
        code: 'provisioning_failed',
        retryable: true,
        details: { tenantId: failed.tenantId, step, errorCode: 'database_busy' },
      },
    });
    expect(failed.steps.at(-1)).toMatchObject({
      name: step,
      status: 'failed',
      errorCode: 'database_busy',
      attempt: 1,
    });
    expect(await plane.provisioning.getTenantStatus(failed.tenantId)).toBe('failed');
    const continued = await plane.provisioning.provisionTenant(REQUEST);
    expect(continued).toMatchObject({ status: 'active', tenantId: failed.tenantId });
    expect(continued.steps.find(({ name }) => name === step)).toMatchObject({
      status: 'completed',
      attempt: 2,
    });
    expect(await plane.dataPlane.platform.listDatabases()).toHaveLength(1);
  });

  it('hides the message of an unexpected error', async () => {
    const plane = await openControlPlane({ faults: failOnce('claimDatabase', new Error('canary-secret')) });
    const failed = await plane.provisioning.provisionTenant(REQUEST);
    expect(failed).toMatchObject({
      status: 'failed',
      error: { retryable: false, details: { errorCode: 'internal' } },
    });
    expect(JSON.stringify(failed)).not.toContain('canary');
  });

  it('neither claims nor deletes a database of another owner', async () => {
    const otherClaim: Faults = {
      before: async (effect) => {
        if (effect !== 'createDatabase') return;
        const [record] = await plane.registry.listTenants('acme');
        const { url, name } = await local.platform.createDatabase({ name: record?.databaseName ?? '' });
        await local.claimDatabase({ url, databaseName: name }, 'other');
      },
      after: () => {},
    };
    const plane = await openControlPlane({ faults: otherClaim });
    const { dataPlane: local } = await openControlPlane({ dir: plane.dir });
    const failed = await plane.provisioning.provisionTenant(REQUEST);
    expect(failed).toMatchObject({
      status: 'failed',
      error: { retryable: false, details: { step: 'claim_database', errorCode: 'database_collision' } },
    });
    await plane.provisioning.destroyTenant(failed.tenantId);
    expect(await local.platform.listDatabases()).toHaveLength(1);
    plane.clock.advance(GRACE_MS + 1);
    expect((await plane.provisioning.sweep()).purged).toEqual([failed.tenantId]);
    expect(await local.platform.listDatabases()).toHaveLength(1);
  });

  it('does not delete a database of another owner that it failed to claim for another reason', async () => {
    const unreachable: Faults = {
      before: async (effect) => {
        if (effect !== 'createDatabase') return;
        const [record] = await plane.registry.listTenants('acme');
        const { url, name } = await local.platform.createDatabase({ name: record?.databaseName ?? '' });
        await local.claimDatabase({ url, databaseName: name }, 'other');
        throw new ObjectStackError({ code: 'database_unreachable', message: 'The server is unreachable.' });
      },
      after: () => {},
    };
    const plane = await openControlPlane({ faults: unreachable });
    const { dataPlane: local } = await openControlPlane({ dir: plane.dir });
    const failed = await plane.provisioning.provisionTenant(REQUEST);
    expect(failed.status).toBe('failed');
    await plane.provisioning.destroyTenant(failed.tenantId);
    plane.clock.advance(GRACE_MS + 1);
    await plane.provisioning.sweep();
    expect(await local.platform.listDatabases()).toHaveLength(1);
  });

  it('rejects with aborted before the next step, and resumes for the same key', async () => {
    const controller = new AbortController();
    const faults: Faults = {
      before: () => {},
      after: (effect) => {
        if (effect === 'createDatabase') controller.abort();
      },
    };
    const plane = await openControlPlane({ faults });
    const { signal } = controller;
    await expect(plane.provisioning.provisionTenant(REQUEST, { signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    const [record] = await plane.registry.listTenants('acme');
    const steps = await plane.registry.listSteps(record?.tenant.id ?? '');
    expect(steps.map(({ name, status }) => [name, status])).toEqual([['create_database', 'completed']]);
    expect((await plane.provisioning.provisionTenant(REQUEST)).status).toBe('active');
    await expect(plane.provisioning.provisionTenant({ orgId: 'late' }, { signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(await plane.registry.listTenants('late')).toEqual([]);
  });
});

describe.each([
  {
    databases: 'created with a marker',
    isUnmarked: false,
    effects: ['createTenant', 'createDatabase', 'claimDatabase', 'updateTenant'],
  },
  {
    databases: 'created without a marker',
    isUnmarked: true,
    effects: ['createTenant', 'createDatabase', 'recordStep', 'claimDatabase', 'updateTenant'],
  },
])('provisionTenant of databases $databases', ({ isUnmarked, effects }) => {
  it.each(Array.from({ length: 2 * effects.length }, (_, boundary) => boundary))(
    'is completed by a retry after a failure at boundary %i, before or after the effect',
    async (boundary) => {
      const faults = atBoundary(boundary, (name) => {
        throw new Error(`Lost at ${name}.`);
      });
      const plane = await openControlPlane({ faults, isUnmarked });
      const first = await plane.provisioning.provisionTenant(REQUEST).catch(() => undefined);
      if (first) expect(first.status).toBe('failed');
      plane.clock.advance(LEASE_MS);
      const { provisioning, registry, dataPlane } = await openControlPlane({
        dir: plane.dir,
        clock: plane.clock,
        isUnmarked,
      });
      const retried = await provisioning.provisionTenant(REQUEST);
      expect(retried.status).toBe('active');
      expect(retried.steps.every(({ status }) => status === 'completed')).toBe(true);
      expect(await registry.listTenants('acme')).toHaveLength(1);
      expect(await dataPlane.platform.listDatabases()).toHaveLength(1);
    },
  );

  it('writes each effect before the next one, and has no further boundaries', async () => {
    const names: string[] = [];
    const before = (name: string) => void names.push(name);
    const plane = await openControlPlane({ faults: { before, after: () => {} }, isUnmarked });
    const { steps } = await plane.provisioning.provisionTenant(REQUEST);
    expect(names).toEqual(effects);
    expect(steps.map(({ name, status, attempt }) => [name, status, attempt])).toEqual(
      ['create_database', 'await_database', 'claim_database', 'activate'].map((name) => [
        name,
        'completed',
        1,
      ]),
    );
  });

  it('has recorded a step before its effect, and the end of the steps before it', async () => {
    const recorded: unknown[] = [];
    const faults: Faults = {
      before: async (effect) => {
        if (effect !== 'createDatabase' && effect !== 'claimDatabase') return;
        const [record] = await plane.registry.listTenants('acme');
        const steps = await plane.registry.listSteps(record?.tenant.id ?? '');
        recorded.push([effect, ...steps.map(({ name, status }) => `${name} ${status}`)]);
      },
      after: () => {},
    };
    const plane = await openControlPlane({ faults, isUnmarked });
    await plane.provisioning.provisionTenant(REQUEST);
    const created = ['createDatabase', 'create_database running'];
    const claiming = isUnmarked
      ? ['create_database completed', 'await_database completed', 'claim_database running']
      : // The claim only reads, because the database has its marker.
        ['create_database running'];
    expect(recorded).toEqual([created, ['claimDatabase', ...claiming]]);
  });
});
