import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { activeTenant, GRACE_MS, openControlPlane, readableDatabases } from '../../test/control-plane.js';
import { type Faults, failOnce } from '../../test/fault-plane.js';

const REQUEST = { orgId: 'acme', requestKey: 'signup-1' } as const;
const busy = () => new ObjectStackError({ code: 'database_busy', message: 'Held.' });

describe('suspendTenant, resumeTenant', () => {
  it('suspends and resumes, each idempotently', async () => {
    const plane = await openControlPlane();
    const { provisioning } = plane;
    const id = await activeTenant(plane);
    for (let time = 0; time < 2; time++) await provisioning.suspendTenant(id);
    expect(await provisioning.getTenantStatus(id)).toBe('suspended');
    for (let time = 0; time < 2; time++) await provisioning.resumeTenant(id);
    expect(await provisioning.getTenantStatus(id)).toBe('active');
  });

  it('rejects in every other status and for an unknown tenant', async () => {
    const { provisioning } = await openControlPlane({ faults: failOnce('createDatabase', busy()) });
    const { tenantId } = await provisioning.provisionTenant(REQUEST);
    for (const change of [provisioning.suspendTenant, provisioning.resumeTenant]) {
      await expect(change(tenantId)).rejects.toMatchObject({
        code: 'invalid_state',
        details: { status: 'failed' },
      });
    }
    await provisioning.destroyTenant(tenantId);
    for (const change of [provisioning.suspendTenant, provisioning.resumeTenant]) {
      await expect(change(tenantId)).rejects.toMatchObject({ details: { status: 'destroying' } });
      for (const unknown of ['unknown', '', undefined as never]) {
        await expect(change(unknown)).rejects.toMatchObject({ code: 'tenant_not_found' });
      }
    }
  });
});

describe('migrateTenantPlan', () => {
  it('changes plan and quotas, and rejects an unknown plan', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    await plane.provisioning.migrateTenantPlan(id, 'enterprise');
    expect((await plane.registry.getTenant(id))?.tenant).toMatchObject({ plan: 'enterprise', quotas: {} });
    await expect(plane.provisioning.migrateTenantPlan(id, 'gold' as never)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: '', code: 'invalid_value' }] },
    });
    await plane.provisioning.destroyTenant(id);
    await expect(plane.provisioning.migrateTenantPlan(id, 'pro')).rejects.toMatchObject({
      code: 'invalid_state',
    });
  });
});

describe('destroyTenant', () => {
  it('blocks the database and retains it until the deadline, idempotently', async () => {
    const plane = await openControlPlane();
    const id = await activeTenant(plane);
    await plane.provisioning.destroyTenant(id);
    const purgeAt = new Date(plane.clock.now().getTime() + GRACE_MS).toISOString();
    plane.clock.advance(1_000);
    await plane.provisioning.destroyTenant(id);
    expect(await plane.registry.getTenant(id)).toMatchObject({
      tenant: { provisioningStatus: 'destroying', purgeAt },
      deadlineAt: purgeAt,
    });
    expect(await plane.dataPlane.platform.listDatabases()).toMatchObject([
      { blockReads: true, blockWrites: true },
    ]);
    expect(await readableDatabases(plane)).toEqual([]);
  });

  it('accepts a tenant that is suspended, failed or partly provisioned', async () => {
    const suspended = await openControlPlane();
    const id = await activeTenant(suspended);
    await suspended.provisioning.suspendTenant(id);
    await suspended.provisioning.destroyTenant(id);
    expect(await suspended.provisioning.getTenantStatus(id)).toBe('destroying');

    const failed = await openControlPlane({ faults: failOnce('claimDatabase', busy()) });
    const { tenantId } = await failed.provisioning.provisionTenant(REQUEST);
    await failed.provisioning.destroyTenant(tenantId);
    expect(await readableDatabases(failed)).toEqual([]);
    expect((await failed.provisioning.provisionTenant(REQUEST)).status).toBe('destroying');

    const lost = {
      before: () => {},
      after: (effect: string) => (effect === 'createDatabase' ? fail() : undefined),
    };
    const fail = () => {
      throw new ObjectStackError({ code: 'aborted', message: 'Gone.' });
    };
    const half = await openControlPlane({ faults: lost });
    await expect(half.provisioning.provisionTenant(REQUEST)).rejects.toMatchObject({ code: 'aborted' });
    const [record] = await half.registry.listTenants('acme');
    await half.provisioning.destroyTenant(record?.tenant.id ?? '');
    expect(await readableDatabases(half)).toEqual([]);
  });

  it.each(['createDatabase', 'claimDatabase'])('leaves no database if it runs during %s', async (effect) => {
    const destroy: Faults = {
      before: async (name) => {
        if (name !== effect) return;
        const [record] = await plane.registry.listTenants('acme');
        await plane.provisioning.destroyTenant(record?.tenant.id ?? '');
      },
      after: () => {},
    };
    const plane = await openControlPlane({ faults: destroy });
    expect((await plane.provisioning.provisionTenant(REQUEST)).status).toBe('destroying');
    expect(await readableDatabases(plane)).toEqual([]);
  });

  it('is completed by a repetition after an interruption', async () => {
    const plane = await openControlPlane({ faults: failOnce('setDatabaseAccess', busy()) });
    const id = await activeTenant(plane);
    await expect(plane.provisioning.destroyTenant(id)).rejects.toMatchObject({ code: 'database_busy' });
    expect(await plane.provisioning.getTenantStatus(id)).toBe('destroying');
    await plane.provisioning.destroyTenant(id);
    expect(await readableDatabases(plane)).toEqual([]);
  });
});
