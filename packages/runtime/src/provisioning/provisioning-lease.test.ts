import { withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { openControlPlane, readableDatabases } from '../../test/control-plane.js';
import { type Faults, failOnce } from '../../test/fault-plane.js';
import { LEASE_MS } from './provisioning-lease.js';

const REQUEST = { orgId: 'acme', requestKey: 'signup-1' } as const;

/** Stops at the first time that an effect begins or has ended, until it is released. */
function pauseAt(moment: 'before' | 'after', effect: string) {
  const reached = withResolvers<void>();
  const released = withResolvers<void>();
  let isFirst = true;
  const pause = async (name: string) => {
    if (name !== effect || !isFirst) return;
    isFirst = false;
    reached.resolve();
    await released.promise;
  };
  const faults: Faults = { before: () => {}, after: () => {}, [moment]: pause };
  return { faults, reached: reached.promise, release: () => released.resolve() };
}

/** A process that stands still at a moment of a provisioning, and another one. */
async function openPaused(
  moment: 'before' | 'after',
  effect: string,
  { dir, isUnmarked = effect === 'recordStep' }: { dir?: string; isUnmarked?: boolean } = {},
) {
  const { faults, reached, release } = pauseAt(moment, effect);
  const paused = await openControlPlane({ faults, isUnmarked, ...(dir !== undefined && { dir }) });
  const outcome = paused.provisioning.provisionTenant(REQUEST, { actor: 'paused' });
  await reached;
  const other = await openControlPlane({ dir: paused.dir, clock: paused.clock });
  return { paused, other, outcome, release };
}

describe('provisionTenant in two processes', () => {
  it.each([
    ['before', 'createDatabase'],
    ['after', 'createDatabase'],
    ['before', 'claimDatabase'],
    ['after', 'claimDatabase'],
    ['after', 'recordStep'],
    ['before', 'updateTenant'],
  ] as const)('a process that was paused %s %s writes nothing after a takeover', async (moment, effect) => {
    const { other, outcome, release, paused } = await openPaused(moment, effect);
    paused.clock.advance(LEASE_MS);
    const taken = await other.provisioning.provisionTenant(REQUEST, { actor: 'other' });
    expect(taken.status).toBe('active');
    const query = { tenantId: taken.tenantId, limit: 50 };
    const stateOf = async () => [
      await other.registry.getTenant(taken.tenantId),
      await other.registry.listSteps(taken.tenantId),
      await other.registry.listAuditEntries(query),
    ];
    const before = await stateOf();
    release();
    const late = await outcome;
    expect(late).toMatchObject({ status: 'active', tenantId: taken.tenantId });
    expect(await stateOf()).toEqual(before);
    const actors = (await other.registry.listAuditEntries(query)).map(({ actor }) => actor);
    expect(actors).toEqual(['other', 'paused']);
    expect(await other.dataPlane.platform.listDatabases()).toHaveLength(1);
  });

  it('waits for a process that holds the lease, and returns its result', async () => {
    const { other, outcome, release } = await openPaused('before', 'claimDatabase');
    const waiting = other.provisioning.provisionTenant(REQUEST);
    release();
    const [first, second] = await Promise.all([outcome, waiting]);
    expect(second).toMatchObject({ status: 'active', tenantId: first.tenantId });
    expect(second.steps.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1]);
  });

  it('keeps no lease that it took after another process had ended the provisioning', async () => {
    const failing = await openControlPlane({ faults: failOnce('createDatabase', new Error('Lost.')) });
    expect((await failing.provisioning.provisionTenant(REQUEST)).status).toBe('failed');
    const { dir } = failing;
    const { other, outcome, release, paused } = await openPaused('before', 'takeLease', { dir });
    const { tenantId } = await other.provisioning.provisionTenant(REQUEST);
    release();
    expect(await outcome).toMatchObject({ status: 'active', tenantId });
    const at = (ms: number) => new Date(paused.clock.now().getTime() + ms).toISOString();
    expect(await other.registry.takeLease(tenantId, { now: at(0), until: at(LEASE_MS) })).toBe(4);
  });

  it('returns provisioning after waitMs while another process holds the lease', async () => {
    const { other, outcome, release } = await openPaused('before', 'claimDatabase');
    const early = await other.provisioning.provisionTenant(REQUEST, { waitMs: 0 });
    expect(early.status).toBe('provisioning');
    release();
    expect(await outcome).toMatchObject({ status: 'active', tenantId: early.tenantId });
  });

  it('removes the database of a tenant that was destroyed while it was paused', async () => {
    const { other, outcome, release } = await openPaused('before', 'createDatabase');
    const [record] = await other.registry.listTenants('acme');
    await other.provisioning.destroyTenant(record?.tenant.id ?? '');
    release();
    expect((await outcome).status).toBe('destroying');
    expect(await readableDatabases(other)).toEqual([]);
  });
});

describe('stop', () => {
  it('rejects a call that waits with runtime_closed before its next effect', async () => {
    const { faults, reached, release } = pauseAt('after', 'createDatabase');
    const plane = await openControlPlane({ faults });
    const call = plane.provisioning.provisionTenant(REQUEST);
    await reached;
    const stopped = plane.provisioning.stop();
    release();
    await expect(call).rejects.toMatchObject({ code: 'runtime_closed' });
    await stopped;
  });
});

describe('waitMs', () => {
  it('continues in the background after the call has returned', async () => {
    const { faults, reached, release } = pauseAt('before', 'claimDatabase');
    const { provisioning } = await openControlPlane({ faults });
    const early = await provisioning.provisionTenant(REQUEST, { waitMs: 0 });
    expect(early.status).toBe('provisioning');
    await reached;
    release();
    const { status, tenantId } = await provisioning.provisionTenant(REQUEST);
    expect([status, tenantId]).toEqual(['active', early.tenantId]);
  });

  it('ends before the next effect when the service is stopped, and is resumed by another process', async () => {
    const { faults, reached, release } = pauseAt('after', 'createDatabase');
    const plane = await openControlPlane({ faults });
    await plane.provisioning.provisionTenant(REQUEST, { waitMs: 0 });
    await reached;
    const stopped = plane.provisioning.stop();
    release();
    await stopped;
    const other = await openControlPlane({ dir: plane.dir });
    const [record] = await other.registry.listTenants('acme');
    const steps = await other.registry.listSteps(record?.tenant.id ?? '');
    expect(steps.map(({ name, status }) => [name, status])).toEqual([['create_database', 'completed']]);
    expect((await other.provisioning.provisionTenant(REQUEST)).status).toBe('active');
  });

  it.each([-1, 0.5, Number.NaN, '1', 2 ** 31])('rejects %s, with nothing created', async (waitMs) => {
    const { provisioning, registry } = await openControlPlane();
    const call = provisioning.provisionTenant(REQUEST, { waitMs: waitMs as number });
    await expect(call).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await registry.listAllTenants()).toEqual([]);
  });
});
