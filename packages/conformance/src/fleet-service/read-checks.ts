import assert from 'node:assert/strict';
import type { FleetQueryResult } from '@objectstack/spec/contracts';
import { FleetDriftReportSchema, FleetStatusSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { type FleetChecks, must } from './fleet-check.js';
import type { FleetTrial } from './fleet-trial.js';

/** Completes a rollout of the release `unique`, which fails in the first of the tenants. */
async function failOne(trial: FleetTrial, tenants: number): Promise<string[]> {
  const tenantIds = await trial.open(tenants, 'first', 'unique');
  await trial.duplicate(tenantIds[0] ?? '');
  const { rolloutId } = await trial.fleet.planRollout('unique');
  await trial.fleet.startRollout(rolloutId, { errorBudget: { tenants: 1 } });
  await trial.ended(rolloutId);
  return tenantIds;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const byTenant = (results: readonly FleetQueryResult[]) =>
  Object.fromEntries(
    results.map(({ tenantId, records, error }) => [tenantId, records?.length ?? error?.code]),
  );

export const readChecks: FleetChecks = {
  status: must('`getFleetStatus` counts tenants by release, and failures by code', async (trial) => {
    const { fleet, advance } = trial;
    const tenantIds = await failOne(trial, 3);
    const status = await fleet.getFleetStatus();
    assert.deepEqual(FleetStatusSchema.parse(status), status);
    const { measuredAt: _, ...counted } = status;
    assert.deepEqual(counted, {
      tenants: 3,
      behindTenants: 1,
      pastDeadlineTenants: 0,
      releases: [
        { running: 'unique', desired: 'unique', tenants: 2 },
        { running: 'first', desired: 'unique', tenants: 1 },
      ],
      failures: { unique_violation: 1 },
    });
    assert.equal((await fleet.getFleetStatus({ tenantIds: tenantIds.slice(1) })).behindTenants, 0);
    // The latest of a tenant's rollouts is the one that started last.
    advance(1);
    const { rolloutId, approvals } = await fleet.planRollout('first');
    await fleet.startRollout(rolloutId, {
      mode: 'on_access',
      deadlineMs: 60_000,
      canary: null,
      waves: [],
      allow: approvals.map(({ id }) => id),
    });
    await trial.serving(rolloutId);
    await fleet.pauseRollout(rolloutId);
    await trial.ended(rolloutId);
    advance(60_000);
    assert.equal((await fleet.getFleetStatus()).pastDeadlineTenants, 2);
    await refused(fleet.getFleetStatus({ odd: 1 } as never), 'invalid_request');
  }),
  releases: must('`listTenantReleases` lists tenants with their releases, in pages', async (trial) => {
    const { fleet } = trial;
    const tenantIds = await failOne(trial, 3);
    const all = await fleet.listTenantReleases({ page: { limit: 2 } });
    const rest = await fleet.listTenantReleases({ page: { limit: 2, cursor: all.nextCursor ?? '' } });
    const items = [...all.items, ...rest.items];
    assert.deepEqual([items.map(({ tenantId }) => tenantId), rest.nextCursor], [tenantIds, null]);
    for (const item of items) assert.deepEqual(item, await fleet.getTenantRelease(item.tenantId));
    const behind = await fleet.listTenantReleases({ isBehind: true });
    assert.deepEqual(
      behind.items.map(({ tenantId, rollout }) => [tenantId, rollout?.errorCode]),
      [[tenantIds[0], 'unique_violation']],
    );
    assert.equal((await fleet.listTenantReleases({ isBehind: false })).items.length, 2);
    await refused(fleet.listTenantReleases({ page: { limit: 0 } }), 'invalid_request');
  }),
  drift: must(
    '`reportDrift` reports what was changed outside of deployments, and changes nothing',
    async (trial) => {
      const { fleet, subject } = trial;
      const [drifted = '', suspended = ''] = await trial.open(3);
      await (await trial.driver(drifted)).execute('CREATE TABLE stray (id TEXT)');
      await subject.provisioning.suspendTenant(suspended);
      for (let repeat = 0; repeat < 2; repeat++) {
        const report = await fleet.reportDrift();
        assert.deepEqual(FleetDriftReportSchema.parse(report), report);
        assert.deepEqual([report.tenants, report.driftedTenants, report.codes], [3, 1, { DR701: 1 }]);
        assert.deepEqual(
          report.drifted.map(({ tenantId, drift }) => [tenantId, drift.map(({ name }) => name)]),
          [[drifted, ['stray']]],
        );
        const unreadable = [{ code: 'tenant_suspended', tenants: 1, samples: [suspended] }];
        assert.deepEqual(report.unreadable, unreadable);
      }
    },
  ),
  query: must('`query` returns the records of each tenant, or why it could not be read', async (trial) => {
    const { fleet, subject } = trial;
    const [full = '', empty = '', suspended = ''] = await trial.open(3);
    await trial.duplicate(full);
    await subject.provisioning.suspendTenant(suspended);
    const selection = { tenantIds: [full, empty, suspended, 'unknown'] };
    const results = await collect(fleet.query(selection, 'account', { where: { name: 'a' } }));
    assert.equal(results.length, 4);
    assert.deepEqual(byTenant(results), {
      [full]: 1,
      [empty]: 0,
      [suspended]: 'tenant_suspended',
      unknown: 'tenant_not_found',
    });
    const sequential = await collect(fleet.query(selection, 'account', {}, { concurrency: 1 }));
    assert.equal(byTenant(sequential)[full], 2);
    const missing = await collect(fleet.query({ tenantIds: [empty] }, 'lead'));
    assert.deepEqual(Object.values(byTenant(missing)), ['object_not_found']);
  }),
  stop: must('`query` can be stopped and aborted, and rejects malformed arguments', async (trial) => {
    const { fleet } = trial;
    await trial.open(2);
    for await (const { records } of fleet.query({}, 'account', {}, { concurrency: 1 })) {
      assert.deepEqual(records, []);
      break;
    }
    const all = (...args: Parameters<typeof fleet.query>) => collect(fleet.query(...args));
    await refused(all({}, 'account', {}, { signal: AbortSignal.abort() }), 'aborted');
    await refused(all({}, 'account', {}, { concurrency: 0 }), 'invalid_request');
    await refused(all({}, 'account', { odd: 1 } as never), 'invalid_request');
    await refused(all({ odd: 1 } as never, 'account'), 'invalid_request');
  }),
  aggregate: must('`aggregate` merges the values of all tenants, by group', async (trial) => {
    const { fleet, subject } = trial;
    const [one = '', other = '', empty = '', suspended = ''] = await trial.open(4);
    const create = async (tenantId: string, name: string, employees: number) =>
      (await trial.driver(tenantId)).create('account', { name, employees });
    await create(one, 'a', 1);
    await create(one, 'b', 2);
    await create(other, 'a', 5);
    await subject.provisioning.suspendTenant(suspended);
    const aggregations = (['count', 'sum', 'min', 'max'] as const).map((name) => ({
      function: name,
      alias: name,
      ...(name !== 'count' && { field: 'employees' }),
    }));
    const selection = { tenantIds: [one, other, empty, suspended] };
    const total = await fleet.aggregate(selection, 'account', { aggregations });
    assert.deepEqual(total, {
      rows: [{ count: 3, sum: 8, min: 1, max: 5 }],
      tenants: 3,
      failures: { tenant_suspended: 1 },
    });
    const grouped = await fleet.aggregate(selection, 'account', {
      groupBy: ['name'],
      where: { employees: { $gt: 0 } },
      aggregations,
    });
    assert.deepEqual(grouped.rows, [
      { name: 'a', count: 2, sum: 6, min: 1, max: 5 },
      { name: 'b', count: 1, sum: 2, min: 2, max: 2 },
    ]);
    const none = await fleet.aggregate({ channel: 'none' }, 'account', { aggregations });
    assert.deepEqual(none.rows, [{ count: 0, sum: null, min: null, max: null }]);
    for (const aggregation of [
      { function: 'avg', field: 'employees', alias: 'n' },
      { function: 'sum', field: 'employees', alias: 'n', distinct: true },
    ])
      await refused(
        fleet.aggregate({}, 'account', { aggregations: [aggregation as never] }),
        'invalid_request',
      );
  }),
};
