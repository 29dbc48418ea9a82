import type { ITenantRegistry, RolloutRecord, RolloutTenantRecord } from '@objectstack/spec/contracts';
import { RolloutStrategySchema } from '@objectstack/spec/system';
import { sharedPostgres } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileRegistrySuite, postgresRegistrySuite } from './registry-suite.js';
import { reusedSchemas } from './reused-schemas.js';
import { tenantRecord } from './tenant-record.js';

const schemas = reusedSchemas(sharedPostgres());

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
  ['on PostgreSQL', () => postgresRegistrySuite(schemas)],
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
      member('t3', { baseSchemaHash: OTHER, planHash: OTHER }),
      // The same statements as those of t1, with other settings of an app.
      member('t4', { planHash: OTHER }),
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

  it('leaves the desired release to bundles when the version of an app is rolled out', async () => {
    const registry = await open();
    const released = { ...release, name: 'crm-1', appId: 'crm', bundleChecksum: OTHER };
    await registry.addRelease(released);
    expect(await registry.getRelease('crm-1')).toEqual(released);
    const record = tenantRecord({ tenant: { provisioningStatus: 'active' } });
    const { id: tenantId } = record.tenant;
    await registry.createTenant(record);
    await registry.setTenantChannel(tenantId, { channel: 'beta', desired: '1' });
    const planned = rollout('one');
    const plan = { ...planned.plan, release: 'crm-1', appId: 'crm' };
    await registry.addRollout({ ...planned, plan });
    await registry.addRolloutTenants('one', [member(tenantId)]);
    expect(await registry.startRollout('one', start([]))).toEqual({ changed: true, conflict: null });
    const unaffected = { channel: 'beta', desired: '1', rollout: null };
    expect(await registry.getTenantRelease(tenantId)).toMatchObject(unaffected);
    expect(await registry.listTenantReleases({}, { limit: 5 })).toMatchObject([unaffected]);
    await registry.updateRollout('one', { from: ['running'], status: 'aborted', endedAt: T2, at: T2 });
    expect(await registry.getTenantRelease(tenantId)).toMatchObject(unaffected);
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

  it('records the access to a tenant that waits for it, and finds it', async () => {
    const registry = await open();
    await registry.addRollout(rollout('one'));
    await registry.addRolloutTenants('one', [member('t1'), member('t2'), member('t3')]);
    const strategy = RolloutStrategySchema.parse({ mode: 'on_access', canary: null, waitMs: 7 });
    await registry.startRollout('one', { ...start([1]), strategy });
    expect(await registry.recordAccess('t2', T1)).toBeNull();
    await registry.updateRollout('one', { from: ['running'], wave: 2, accessUntil: T2, at: T1 });
    expect((await registry.getRollout('one'))?.accessUntil).toBe(T2);
    expect([await registry.hasRolloutsOnAccess(T1), await registry.hasRolloutsOnAccess(T2)]).toEqual([
      true,
      false,
    ]);
    for (let repeat = 0; repeat < 2; repeat++)
      expect(await registry.recordAccess('t2', T1)).toEqual({ rolloutId: 'one', waitMs: 7 });
    expect(await registry.recordAccess('t1', T1)).toBeNull();
    expect(await registry.recordAccess('t2', T2)).toBeNull();
    expect(await registry.recordAccess('unknown', T1)).toBeNull();
    const query = { states: ['pending'], wave: 2, accessed: true, limit: 5 } as const;
    expect((await registry.listRolloutTenants('one', query)).map(({ tenantId }) => tenantId)).toEqual(['t2']);
    await registry.updateRollout('one', { from: ['running'], status: 'paused', at: T1 });
    expect(await registry.recordAccess('t3', T1)).toBeNull();
    expect(await registry.hasRolloutsOnAccess(T1)).toBe(false);
  });

  it('discards planned rollouts and no others', async () => {
    const registry = await open();
    for (const id of ['one', 'two']) {
      await registry.addRollout(rollout(id));
      await registry.addRolloutTenants(id, [member('t1')]);
    }
    await registry.addRolloutTenants('unfinished', [member('t1')]);
    await registry.startRollout('two', start([]));
    expect(await registry.listPlannedRollouts({ before: T1, limit: 5 })).toEqual(['one']);
    expect(await registry.listPlannedRollouts({ before: T0, limit: 5 })).toEqual([]);
    const discarded = ['one', 'one', 'two', 'unfinished'].map((id) => registry.discardRollout(id));
    const [first, second, ...others] = await Promise.all(discarded);
    expect([first, second].sort()).toEqual([false, true]);
    expect(others).toEqual([false, true]);
    expect(await registry.getRollout('one')).toBeNull();
    for (const [id, count] of Object.entries({ one: 0, two: 1, unfinished: 0 }))
      expect(await registry.listRolloutTenants(id, { limit: 5 })).toHaveLength(count);
  });

  it('leaves the release to a tenant that was deployed to while the rollout was aborted', async () => {
    const registry = await open();
    await registry.addRollout(rollout('one'));
    await registry.addRolloutTenants('one', [member('t1'), member('t2')]);
    await registry.startRollout('one', start([]));
    const lease = (await registry.takeRolloutLease('one', { now: T0, until: T1 })) ?? 0;
    await registry.updateRollout('one', { from: ['running'], status: 'aborted', endedAt: T1, at: T1 });
    const deployed = [{ tenantId: 't1', state: 'deployed', deploymentId: 'd1' }] as const;
    expect(await registry.saveRolloutTenants('one', deployed, lease)).toBe(true);
    const desired = ['t1', 't2'].map(async (id) => (await registry.getTenantRelease(id)).desired);
    expect(await Promise.all(desired)).toEqual(['1', null]);
  });

  it('attempts failed rollbacks again', async () => {
    const registry = await open();
    await registry.addRollout(rollout('one'));
    const problem = { code: 'not_latest' } as const;
    await registry.addRolloutTenants('one', [
      member('t1', { state: 'rollback_failed', problem, deploymentId: 'd1' }),
      member('t2', { state: 'rollback_failed', problem }),
      member('t3', { state: 'rolled_back', deploymentId: 'd3' }),
    ]);
    await registry.startRollout('one', start([]));
    await registry.updateRollout('one', { from: ['running'], status: 'rolled_back', at: T1 });
    const retry = { ...start(), from: ['rolled_back'], retry: true, to: 'rolling_back' } as const;
    expect(await registry.startRollout('one', retry)).toEqual({ changed: true, conflict: null });
    const states = (await registry.listRolloutTenants('one', { limit: 5 })).map(({ state }) => state);
    expect(states).toEqual(['deployed', 'pending', 'rolled_back']);
    expect((await registry.getRollout('one'))?.status).toBe('rolling_back');
  });

  it('counts and lists the releases of tenants', async () => {
    const registry = await open();
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) {
      const record = tenantRecord({ tenant: { provisioningStatus: 'active' } });
      await registry.createTenant(record);
      ids.push(record.tenant.id);
    }
    const [first = '', second = '', third = ''] = ids.sort();
    await registry.addRollout(rollout('one'));
    const problem = { code: 'database_busy' } as const;
    await registry.addRolloutTenants('one', [member(first), member(second, { state: 'failed', problem })]);
    await registry.startRollout('one', start([]));
    await registry.setTenantChannel(third, { channel: 'beta' });
    const counts = await registry.countTenantReleases({});
    const behind = { running: null, desired: '1', tenants: 1 };
    expect(counts).toHaveLength(3);
    expect(counts).toEqual(
      expect.arrayContaining([
        { ...behind, rollout: { id: 'one', state: 'pending' } },
        { ...behind, rollout: { id: 'one', state: 'failed', errorCode: 'database_busy' } },
        { running: null, desired: null, rollout: null, tenants: 1 },
      ]),
    );
    const all = await registry.listTenantReleases({}, { limit: 5 });
    expect(all).toEqual(await Promise.all(ids.map((id) => registry.getTenantRelease(id))));
    const idsOf = async (...args: Parameters<typeof registry.listTenantReleases>) =>
      (await registry.listTenantReleases(...args)).map(({ tenantId }) => tenantId);
    expect(await idsOf({}, { isBehind: true, limit: 5 })).toEqual([first, second]);
    expect(await idsOf({}, { isBehind: true, after: first, limit: 5 })).toEqual([second]);
    expect(await idsOf({ channel: 'beta' }, { isBehind: false, limit: 5 })).toEqual([third]);
    expect(await idsOf({ tenantIds: [] }, { limit: 5 })).toEqual([]);
    expect(await registry.countTenantReleases({ tenantIds: [] })).toEqual([]);
  });

  it('reports the release that the database of a tenant contains after it was replaced', async () => {
    const registry = await open();
    const record = tenantRecord({ tenant: { provisioningStatus: 'active' } });
    const { id: tenantId, connectionConfig = { url: '', databaseName: '' } } = record.tenant;
    await registry.createTenant(record);
    for (const [id, bundleChecksum] of [
      ['d1', HASH],
      ['d2', OTHER],
    ] as const) {
      const deployed = { id, tenantId, planHash: id.padEnd(64, '0'), bundleChecksum, bundleVersion: '1.0.0' };
      const running = { ...deployed, status: 'migrating', startedAt: T0, updatedAt: T0 } as const;
      await registry.saveDeployment(running, { take: id, revision: null });
      const facts = { outcome: 'applied' as const, statementsExecuted: 1, seeds: [], steps: [] };
      const ended = { ...facts, status: 'ready' as const, durationMs: 1, completedAt: T0 };
      const result = { ...ended, deploymentId: id, tenantId, planHash: deployed.planHash, bundleChecksum };
      await registry.saveDeployment({ ...running, status: 'ready', result }, { lease: id });
    }
    const replace = async (name: string, deploymentId: string | null | undefined) => {
      const copy = { tenantId, kind: 'staging', status: 'creating', createdAt: T0, expiresAt: null } as const;
      await registry.addTenantCopy({ ...copy, id: name, databaseName: name });
      const found = (await registry.getTenant(tenantId)) ?? record;
      const { databaseName, deadlineAt } = found;
      const previous = {
        ...copy,
        kind: 'replaced',
        status: 'ready',
        id: `of-${name}`,
        databaseName,
      } as const;
      await registry.switchDatabase(tenantId, {
        copyId: name,
        from: { databaseName, deadlineAt },
        connection: { ...connectionConfig, databaseName: name },
        deadlineAt: T1,
        replaced: previous,
        ...(deploymentId !== undefined && { deploymentId }),
      });
    };
    const runs = async (running: string | null, runningChecksum: string | null) => {
      const found = await registry.getTenantRelease(tenantId);
      expect(found).toMatchObject({ running, runningChecksum });
      expect(await registry.listTenantReleases({}, { limit: 5 })).toEqual([found]);
    };
    await runs(null, OTHER);
    await replace('restored', 'd1');
    await runs('1', HASH);
    await replace('moved', undefined);
    await runs('1', HASH);
    await replace('emptied', null);
    await runs(null, null);
    const [entry] = await registry.listAuditEntries({ tenantId, limit: 1 });
    expect(entry?.deploymentId).toBeUndefined();
    await replace('returned', 'd2');
    await runs(null, OTHER);
  });
});
