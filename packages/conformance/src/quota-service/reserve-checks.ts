import assert from 'node:assert/strict';
import { QuotaReservationSchema, type ReservableQuota, ReservableQuotaEnum } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { must, type QuotaChecks } from './quota-check.js';
import type { QuotaTrial } from './quota-trial.js';

const PARALLEL = 200;

async function usageOf({ quotas }: QuotaTrial, tenantId: string, quota: ReservableQuota): Promise<number> {
  return (await quotas.checkQuota(tenantId, quota, 0)).usage;
}

export const reserveChecks: QuotaChecks = {
  shape: must('`reserve` returns a reservation with the deadline of `ttlMs`', async (trial) => {
    const tenantId = await trial.tenant({ maxUsers: 5 });
    const one = await trial.quotas.reserve(tenantId, 'maxUsers', 2, { ttlMs: 60_000 });
    assert.deepEqual(QuotaReservationSchema.parse(one), one);
    const other = await trial.quotas.reserve(tenantId, 'maxUsers', 2, { ttlMs: 120_000 });
    assert.notEqual(one.id, other.id);
    assert.equal(Date.parse(other.expiresAt) - Date.parse(one.expiresAt), 60_000);
    assert.deepEqual([one.tenantId, one.quota, one.amount], [tenantId, 'maxUsers', 2]);
  }),
  limit: must('`reserve` grants the whole quota and not more, for each tenant and quota', async (trial) => {
    for (const quota of ReservableQuotaEnum.options) {
      const [tenantId, other] = [await trial.tenant({ [quota]: 5 }), await trial.tenant({ [quota]: 5 })];
      await trial.quotas.reserve(tenantId, quota, 3);
      const { details } = await refused(trial.quotas.reserve(tenantId, quota, 3), 'quota_exceeded');
      const { maximum, usage, requested } = details;
      assert.deepEqual([details.quota, maximum, usage, requested], [quota, 5, 3, 3]);
      await trial.quotas.reserve(tenantId, quota, 2);
      await refused(trial.quotas.reserve(tenantId, quota, 1), 'quota_exceeded');
      await trial.quotas.reserve(other, quota, 5);
      assert.equal(await usageOf(trial, tenantId, quota), 5);
    }
  }),
  none: must('a quota of 0 permits nothing, and an absent one everything', async (trial) => {
    const tenantId = await trial.tenant({ maxUsers: 0 });
    await refused(trial.quotas.reserve(tenantId, 'maxUsers', 1), 'quota_exceeded');
    await trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1_000_000);
  }),
  parallel: must('200 concurrent reservations at a limit of 10 grant exactly 10', async (trial) => {
    for (const quota of ReservableQuotaEnum.options) {
      const tenantId = await trial.tenant({ [quota]: 10 });
      const granted = await trial.granted(
        [trial.quotas],
        (quotas) => quotas.reserve(tenantId, quota, 1),
        PARALLEL,
      );
      assert.equal(granted.length, 10, quota);
    }
  }),
  processes: must('200 concurrent reservations by several processes grant exactly 10', async (trial) => {
    const { another } = trial.subject;
    const services = [trial.quotas, (await another()).quotas, (await another()).quotas];
    const tenantId = await trial.tenant({ maxUsers: 10 });
    const granted = await trial.granted(
      services,
      (quotas) => quotas.reserve(tenantId, 'maxUsers', 1),
      PARALLEL,
    );
    assert.equal(granted.length, 10);
  }),
  invalid: must('`reserve` rejects unknown tenants, other quotas and malformed arguments', async (trial) => {
    const tenantId = await trial.tenant({});
    await refused(trial.quotas.reserve('unknown', 'maxUsers', 1), 'tenant_not_found');
    for (const quota of ['maxRecordsPerObject', 'maxStorageBytes', 'apiRequestsPerMinute', 'maxFun'])
      await refused(trial.quotas.reserve(tenantId, quota as never, 1), 'invalid_request');
    for (const amount of [0, -1, 0.5, Number.NaN, '1'])
      await refused(trial.quotas.reserve(tenantId, 'maxUsers', amount as number), 'invalid_request');
    for (const ttlMs of [0, -1, 86_400_001])
      await refused(trial.quotas.reserve(tenantId, 'maxUsers', 1, { ttlMs }), 'invalid_request');
  }),
};

export const endChecks: QuotaChecks = {
  release: must('`release` makes the usage available again, and can be repeated', async (trial) => {
    const tenantId = await trial.tenant({ maxUsers: 1 });
    const { id } = await trial.quotas.reserve(tenantId, 'maxUsers', 1);
    for (let repeat = 0; repeat < 2; repeat++) await trial.quotas.release(id);
    const other = await trial.quotas.reserve(tenantId, 'maxUsers', 1);
    await trial.quotas.release(id);
    await refused(trial.quotas.reserve(tenantId, 'maxUsers', 1), 'quota_exceeded');
    await refused(trial.quotas.commit(id), 'reservation_not_found');
    await trial.quotas.release(other.id);
    await trial.quotas.release('unknown');
  }),
  commit: must('`commit` keeps the usage once, can be repeated, and cannot be released', async (trial) => {
    const tenantId = await trial.tenant({ maxDeploymentsPerDay: 5 });
    const { id } = await trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 3);
    for (let repeat = 0; repeat < 2; repeat++) await trial.quotas.commit(id);
    await trial.quotas.release(id);
    trial.subject.advance(3_600_000);
    await trial.quotas.commit(id);
    assert.equal(await usageOf(trial, tenantId, 'maxDeploymentsPerDay'), 3);
    await refused(trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 3), 'quota_exceeded');
    await trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 2);
    await refused(trial.quotas.commit('unknown'), 'reservation_not_found');
  }),
  expiry: must('a reservation expires at its deadline, also for `commit`', async (trial) => {
    const tenantId = await trial.tenant({ maxUsers: 1 });
    const { id } = await trial.quotas.reserve(tenantId, 'maxUsers', 1, { ttlMs: 1_000 });
    trial.subject.advance(999);
    await refused(trial.quotas.reserve(tenantId, 'maxUsers', 1), 'quota_exceeded');
    trial.subject.advance(1);
    assert.equal(await usageOf(trial, tenantId, 'maxUsers'), 0);
    await refused(trial.quotas.commit(id), 'reservation_not_found');
    await trial.quotas.reserve(tenantId, 'maxUsers', 1);
  }),
  day: must('usage of deployments is reset at midnight UTC', async (trial) => {
    const tenantId = await trial.tenant({ maxDeploymentsPerDay: 1 });
    await trial.quotas.commit((await trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1)).id);
    trial.subject.advance(86_399_999);
    const { resetAt } = await trial.quotas.checkQuota(tenantId, 'maxDeploymentsPerDay', 1);
    assert.ok(resetAt?.endsWith('T00:00:00.000Z'));
    await refused(trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1), 'quota_exceeded');
    trial.subject.advance(1);
    await trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1);
  }),
  elsewhere: must('a reservation can be ended by another process', async (trial) => {
    const { quotas: other } = await trial.subject.another();
    const tenantId = await trial.tenant({ maxUsers: 1 });
    await other.release((await trial.quotas.reserve(tenantId, 'maxUsers', 1)).id);
    const { id } = await trial.quotas.reserve(tenantId, 'maxUsers', 1);
    await other.commit(id);
    await trial.quotas.commit(id);
  }),
};

export const usageChecks: QuotaChecks = {
  objects: must('objects are counted in the database, beside reservations', async (trial) => {
    const tenantId = await trial.tenant({ maxObjects: 3 });
    await trial.deploy(tenantId, 2);
    await refused(trial.quotas.reserve(tenantId, 'maxObjects', 2), 'quota_exceeded');
    const { id } = await trial.quotas.reserve(tenantId, 'maxObjects', 1);
    await refused(trial.deploy(tenantId, 3), 'quota_exceeded');
    await trial.quotas.release(id);
    await trial.deploy(tenantId, 3);
    assert.equal((await trial.quotas.getUsage(tenantId)).objects, 3);
  }),
  members: must('reported members count against `maxUsers`, beside reservations', async (trial) => {
    const tenantId = await trial.tenant({ maxUsers: 2 });
    await trial.subject.tenants.addMember(tenantId, 'ada');
    const { id } = await trial.quotas.reserve(tenantId, 'maxUsers', 1);
    await refused(trial.subject.tenants.addMember(tenantId, 'eve'), 'quota_exceeded');
    const { id: reservationId } = await trial.quotas.reserve(tenantId, 'maxDeploymentsPerDay', 1);
    await refused(
      trial.subject.tenants.addMember(tenantId, 'eve', { reservationId }),
      'reservation_not_found',
    );
    await trial.quotas.commit(reservationId);
    await trial.subject.tenants.addMember(tenantId, 'bob', { reservationId: id });
    assert.equal((await trial.quotas.getUsage(tenantId)).users, 2);
    await refused(trial.quotas.reserve(tenantId, 'maxUsers', 1), 'quota_exceeded');
  }),
  check: must(
    '`checkQuota` answers with limit, usage and the request, and reserves nothing',
    async (trial) => {
      const tenantId = await trial.tenant({ maxUsers: 2 });
      const asked = { quota: 'maxUsers', limit: 2, usage: 0 };
      for (let repeat = 0; repeat < 2; repeat++)
        assert.deepEqual(await trial.quotas.checkQuota(tenantId, 'maxUsers', 2), {
          ...asked,
          allowed: true,
          requested: 2,
        });
      const { allowed, requested } = await trial.quotas.checkQuota(tenantId, 'maxUsers', 3);
      assert.deepEqual([allowed, requested], [false, 3]);
      await refused(trial.quotas.checkQuota('unknown', 'maxUsers', 1), 'tenant_not_found');
      await refused(trial.quotas.checkQuota(tenantId, 'maxUsers', -1), 'invalid_request');
    },
  ),
  recount: must(
    '`recount` removes expired reservations and no others, and returns the usage',
    async (trial) => {
      const tenantId = await trial.tenant({ maxUsers: 3 });
      await trial.quotas.reserve(tenantId, 'maxUsers', 1, { ttlMs: 1_000 });
      await trial.quotas.reserve(tenantId, 'maxUsers', 1, { ttlMs: 60_000 });
      await trial.subject.tenants.addMember(tenantId, 'ada');
      trial.subject.advance(1_000);
      const { measuredAt: _, ...usage } = await trial.quotas.recount(tenantId);
      const { measuredAt: __, ...measured } = await trial.quotas.getUsage(tenantId);
      assert.deepEqual(usage, measured);
      assert.equal(usage.users, 1);
      assert.equal(await usageOf(trial, tenantId, 'maxUsers'), 2);
      await refused(trial.quotas.recount('unknown'), 'tenant_not_found');
    },
  ),
};
