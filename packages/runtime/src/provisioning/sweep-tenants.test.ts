import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import {
  activeTenant,
  type ControlPlane,
  DEADLINE_MS,
  GRACE_MS,
  openControlPlane,
} from '../../test/control-plane.js';
import { atBoundary, failOnce } from '../../test/fault-plane.js';
import { ManualClock } from '../../test/manual-clock.js';
import type { SweepResult } from './sweep-tenants.js';

const REQUEST = { orgId: 'acme', requestKey: 'signup-1' } as const;
const databasesOf = async ({ dataPlane }: ControlPlane) => (await dataPlane.platform.listDatabases()).length;
const NOTHING: SweepResult = {
  failed: [],
  resumed: [],
  settled: [],
  purged: [],
  removedTemplates: [],
  removedFromPool: [],
  problems: [],
};
const busy = () => new ObjectStackError({ code: 'database_busy', message: 'Held.' });

describe('sweep', () => {
  it('purges a destroyed tenant after its grace period, and no call finds it then', async () => {
    const plane = await openControlPlane();
    const { provisioning, clock } = plane;
    const { tenantId } = await provisioning.provisionTenant(REQUEST);
    await provisioning.destroyTenant(tenantId);
    clock.advance(GRACE_MS);
    expect(await provisioning.sweep()).toEqual(NOTHING);
    clock.advance(1);
    expect(await provisioning.sweep()).toEqual({ ...NOTHING, purged: [tenantId], problems: [] });
    expect(await databasesOf(plane)).toBe(0);
    expect(await provisioning.sweep()).toEqual(NOTHING);
    for (const call of [
      () => provisioning.getTenantStatus(tenantId),
      () => provisioning.destroyTenant(tenantId),
      () => provisioning.provisionTenant(REQUEST),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'tenant_not_found' });
    }
  });

  it('purges nothing before the grace period has ended when the system clock is set forward, and catches up later', async () => {
    class SetClock extends ManualClock {
      steady = this.now().getTime();
      steadyMs = () => this.steady;
    }
    const clock = new SetClock();
    const plane = await openControlPlane({ clock });
    const { provisioning } = plane;
    const { tenantId } = await provisioning.provisionTenant(REQUEST);
    await provisioning.destroyTenant(tenantId);
    clock.advance(1_000 * GRACE_MS);
    expect(await provisioning.sweep()).toEqual(NOTHING);
    expect(await databasesOf(plane)).toBe(1);
    clock.steady += GRACE_MS + 1;
    expect((await provisioning.sweep()).purged).toEqual([tenantId]);
  });

  it('fails overdue provisioning, which its request key resumes', async () => {
    const faults = atBoundary(3, () => {
      throw new ObjectStackError({ code: 'aborted', message: 'Gone.' });
    });
    const { provisioning, clock, registry } = await openControlPlane({ faults });
    await provisioning.provisionTenant(REQUEST).catch(() => undefined);
    clock.advance(DEADLINE_MS + 1);
    const [record] = await registry.listTenants('acme');
    const tenantId = record?.tenant.id ?? '';
    expect((await provisioning.sweep()).failed).toEqual([tenantId]);
    expect(await registry.getTenant(tenantId)).toMatchObject({
      tenant: { provisioningStatus: 'failed' },
      deadlineAt: null,
    });
    expect((await registry.listSteps(tenantId)).at(-1)).toMatchObject({
      status: 'failed',
      errorCode: 'provisioning_failed',
      retryable: true,
    });
    expect((await provisioning.provisionTenant(REQUEST)).status).toBe('active');
  });

  it('continues with other tenants if one cannot be purged', async () => {
    const plane = await openControlPlane({ faults: failOnce('purgeDatabase', busy()) });
    const { provisioning, clock } = plane;
    const [first, second] = [await activeTenant(plane), await activeTenant(plane)];
    await provisioning.destroyTenant(first);
    clock.advance(1);
    await provisioning.destroyTenant(second);
    clock.advance(GRACE_MS + 1);
    expect(await provisioning.sweep()).toEqual({
      ...NOTHING,
      purged: [second],
      problems: [{ tenantId: first, code: 'database_busy' }],
    });
    expect((await provisioning.sweep()).purged).toEqual([first]);
  });
});
