import type { ITenantRegistry, RolloutRecord, RolloutTenantRecord } from '@objectstack/spec/contracts';
import { RolloutStrategySchema } from '@objectstack/spec/system';
import { sharedPostgres } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileRegistrySuite, postgresRegistrySuite } from './registry-suite.js';
import { tenantRecord } from './tenant-record.js';

const server = sharedPostgres();

const T0 = '2026-01-01T00:00:00.000Z';
const T1 = '2026-01-01T00:00:01.000Z';
const T2 = '2026-01-01T00:00:02.000Z';
const HASH = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

const release = { name: '1', bundleChecksum: HASH, bundleVersion: '1.0.0', createdAt: T0 };

const rollout = (id: string, createdAt = T0): RolloutRecord => ({
  id,
  status: 'planned',
  plan: {
    rolloutId: id,
    release: '1',
    bundleChecksum: HASH,
    bundleVersion: '1.0.0',
    selection: {},
    createdAt,
    tenants: 3,
    refusedTenants: 0,
    upToDateTenants: 0,
    groups: [],
    approvals: [],
    refusals: [],
    estimatedMs: null,
    durationMs: 1,
  },
  wave: 0,
  updatedAt: createdAt,
  leaseUntil: null,
});

const member = (tenantId: string, change: Partial<RolloutTenantRecord> = {}): RolloutTenantRecord => ({
  tenantId,
  state: 'pending',
  wave: null,
  baseSchemaHash: HASH,
  planHash: HASH,
  baseDeploymentId: 'd0',
  hasRecords: false,
  ...change,
});

const start = (waves?: number[]) => ({
  from: ['planned'] as const,
  strategy: RolloutStrategySchema.parse({}),
  ...(waves && { waves }),
  retry: false,
  at: T1,
});

describe.each([
  ['on a file', () => fileRegistrySuite()],
  ['on PostgreSQL', () => postgresRegistrySuite(server)],
])('the fleet store of a registry %s', (_, suite) => {
  async function open(): Promise<ITenantRegistry> {
    const { registry } = await suite().create();
    onTestFinished(() => registry.close());
    await registry.initialize();
    await registry.addRelease(release);
    return registry;
  }

  it('stores a release once, by its name and by its bundle', async () => {
    const registry = await open();
    expect(await registry.addRelease({ ...release, createdAt: T1 })).toEqual({ release, created: false });
    const renamed = { ...release, name: '2' };
    expect(await registry.addRelease(renamed)).toEqual({ release, created: false });
    const second = { name: '2', bundleChecksum: OTHER, bundleVersion: '2.0.0', createdAt: T1 };
    expect(await registry.addRelease(second)).toEqual({ release: second, created: true });
    expect(await registry.listReleases({ limit: 5 })).toEqual([second, release]);
    expect(await registry.listReleases({ limit: 5, after: { createdAt: T1, name: '2' } })).toEqual([release]);
    expect(await registry.findDeployedBundles([HASH, 'c'.repeat(64)])).toEqual([HASH]);
  });

  it('selects tenants by id, channel and plan, in pages', async () => {
    const registry = await open();
    const ids: string[] = [];
    for (const status of ['active', 'suspended', 'provisioning'] as const) {
      const record = tenantRecord({ tenant: { provisioningStatus: status } });
      await registry.createTenant(record);
      ids.push(record.tenant.id);
    }
    const [active = '', suspended = '', provisioning = ''] = ids;
    await registry.setTenantChannel(suspended, { channel: 'beta' });
    const idsOf = async (...args: Parameters<typeof registry.selectFleet>) =>
      (await registry.selectFleet(...args)).map(({ id }) => id);
    const inService = [active, suspended].sort();
    expect(await idsOf({}, { limit: 5 })).toEqual(inService);
    expect(await idsOf({}, { limit: 5, after: inService[0] ?? '' })).toEqual([inService[1]]);
    expect(await idsOf({ channel: 'beta' }, { limit: 5 })).toEqual([suspended]);
    expect(await idsOf({ channel: 'stable' }, { limit: 5 })).toEqual([active]);
    expect(await idsOf({ plan: 'pro' }, { limit: 5 })).toEqual([]);
    expect(await idsOf({ tenantIds: [provisioning, 'odd'] }, { limit: 5 })).toEqual([provisioning]);
  });

  it('assigns the canary, waves and desired releases, and refuses an overlapping rollout', async () => {
    const registry = await open();
    await registry.setTenantChannel('t1', { channel: 'beta', desired: '0' });
    await registry.addRollout(rollout('one'));
    await registry.addRolloutTenants('one', [member('t1'), member('t2', { hasRecords: true })]);
    await registry.addRolloutTenants('one', [
      member('t3', { planHash: OTHER }),
      member('t4'),
      member('t5', { state: 'refused', problem: { code: 'database_busy' } }),
    ]);
    await registry.addRollout(rollout('two', T1));
    await registry.addRolloutTenants('two', [member('t4'), member('t9')]);
    const answers = await Promise.all(['one', 'two'].map((id) => registry.startRollout(id, start([1]))));
    expect(answers.filter(({ changed }) => changed)).toHaveLength(1);
    const conflicts = answers.flatMap(({ conflict }) => conflict ?? []);
    const winner = answers[0]?.changed ? 'one' : 'two';
    expect(conflicts).toEqual([winner]);
    if (winner === 'two') {
      await registry.updateRollout('two', { from: ['running'], status: 'aborted', at: T1 });
      expect(await registry.startRollout('one', start([1]))).toEqual({ changed: true, conflict: null });
    }
    expect(await registry.startRollout('one', start([1]))).toEqual({ changed: false, conflict: null });
    const waves = (await registry.listRolloutTenants('one', { limit: 9 })).map(({ tenantId, wave }) => [
      tenantId,
      wave,
    ]);
    expect(waves).toEqual([
      ['t1', 1],
      ['t2', 0],
      ['t3', 0],
      ['t4', 2],
      ['t5', null],
    ]);
    expect(await registry.getTenantRelease('t1')).toMatchObject({
      channel: 'beta',
      desired: '1',
      running: null,
      rollout: { id: 'one', state: 'pending' },
    });
    await registry.updateRollout('one', { from: ['running'], status: 'aborted', endedAt: T2, at: T2 });
    expect(await registry.getTenantRelease('t1')).toMatchObject({ channel: 'beta', desired: '0' });
    expect((await registry.listRollouts({ limit: 5 })).map(({ id }) => id)).toEqual(['two', 'one']);
  });

  it('fences off a process whose lease was taken over', async () => {
    const registry = await open();
    await registry.addRollout(rollout('one'));
    await registry.addRolloutTenants('one', [member('t1'), member('t2')]);
    await registry.startRollout('one', start([]));
    expect(await registry.listAbandonedRollouts(T1)).toEqual(['one']);
    const tokens = await Promise.all(
      [1, 2, 3].map(() => registry.takeRolloutLease('one', { now: T0, until: T1 })),
    );
    const [token = 0, ...more] = tokens.flatMap((one) => one ?? []);
    expect(more).toEqual([]);
    expect(await registry.listAbandonedRollouts(T0)).toEqual([]);
    expect(await registry.takeRolloutLease('none', { now: T0, until: T1 })).toBeNull();
    const next = (await registry.takeRolloutLease('one', { now: T1, until: T2 })) ?? 0;
    expect(next).toBeGreaterThan(token);
    const deployed = [{ tenantId: 't1', state: 'deployed', deploymentId: 'd1', durationMs: 5 }] as const;
    expect(await registry.extendRolloutLease('one', { token, until: T2 })).toBe(false);
    expect(await registry.saveRolloutTenants('one', deployed, token)).toBe(false);
    expect(await registry.updateRollout('one', { from: ['running'], lease: token, wave: 3, at: T1 })).toBe(
      false,
    );
    const none = { states: { pending: 2 }, failures: {} };
    expect(await registry.countRolloutTenants('one')).toMatchObject(none);
    const failed = { tenantId: 't2', state: 'failed', problem: { code: 'database_busy' } } as const;
    expect(await registry.saveRolloutTenants('one', [...deployed, failed], next)).toBe(true);
    expect(await registry.countRolloutTenants('one')).toEqual({
      states: { deployed: 1, failed: 1 },
      failures: { database_busy: 1 },
      waves: [
        { wave: 0, tenants: 1, pending: 0 },
        { wave: 1, tenants: 1, pending: 0 },
      ],
    });
    expect(await registry.averageDurations([HASH, OTHER])).toEqual({ [HASH]: 5 });
    const retry = { ...start(), from: ['running'] as const, retry: true };
    expect(await registry.startRollout('one', retry)).toMatchObject({ changed: true });
    const [again] = await registry.listRolloutTenants('one', { states: ['pending'], limit: 5 });
    expect(again).toMatchObject({ tenantId: 't2', wave: 1 });
    expect(again).not.toHaveProperty('problem');
  });
});
