import assert from 'node:assert/strict';
import type { ErrorCode } from '@objectstack/spec/shared';
import { TenantProvisioningResultSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { must, type ProvisioningChecks } from './provisioning-check.js';

const KEYED = { orgId: 'acme', requestKey: 'signup' } as const;

const UNSUPPORTED: readonly (readonly [object, ErrorCode])[] = [
  [{}, 'invalid_request'],
  [{ orgId: 'acme', plan: 'gold' }, 'invalid_request'],
  [{ orgId: 'acme', displayName: 'a\0b' }, 'invalid_request'],
  [{ orgId: 'acme', templateName: 'no-such-template' }, 'not_supported'],
  [{ orgId: 'acme', isolationLevel: 'shared_schema' }, 'not_supported'],
];

export const provisionChecks: ProvisioningChecks = {
  active: must('`provisionTenant` creates an active tenant with its own database', async (trial) => {
    const result = await trial.provisioning.provisionTenant({ orgId: 'acme', plan: 'pro' });
    assert.deepEqual(TenantProvisioningResultSchema.parse(result), result);
    assert.deepEqual([result.status, result.plan], ['active', 'pro']);
    assert.ok(result.steps.length > 0 && result.steps.every(({ status }) => status === 'completed'));
    assert.equal(await trial.provisioning.getTenantStatus(result.tenantId), 'active');
    assert.equal(await trial.subject.countDatabases(), 1);
    assert.equal(await trial.markerOf(result.tenantId), result.tenantId);
  }),
  'without-key': must('each request without a key creates a tenant', async (trial) => {
    const ids = [await trial.tenant(), await trial.tenant()];
    assert.equal(new Set(ids).size, 2);
    assert.equal(await trial.subject.countDatabases(), 2);
  }),
  key: must('a request key returns the first tenant, also from another process', async (trial) => {
    const first = await trial.provisioning.provisionTenant(KEYED);
    const other = await trial.subject.another();
    for (const { provisioning } of [trial.subject, other]) {
      const again = await provisioning.provisionTenant(KEYED);
      assert.deepEqual([again.tenantId, again.status], [first.tenantId, 'active']);
    }
    assert.equal(await trial.subject.countDatabases(), 1);
  }),
  'key-of-organization': must('a request key is unique in its organization only', async (trial) => {
    const one = await trial.tenant({ requestKey: 'signup' });
    const other = await trial.tenant({ requestKey: 'signup', orgId: 'globex' });
    assert.notEqual(one, other);
  }),
  conflict: must('a request key with another request is an `idempotency_conflict`', async (trial) => {
    await trial.tenant(KEYED);
    for (const change of [{ plan: 'pro' as const }, { displayName: 'Acme' }, { region: 'eu-west' as const }])
      await refused(trial.provisioning.provisionTenant({ ...KEYED, ...change }), 'idempotency_conflict');
    assert.equal(await trial.subject.countDatabases(), 1);
  }),
  parallel: must(
    'parallel requests with one key in several processes create one tenant and one database',
    async (trial) => {
      const processes = [trial.subject, await trial.subject.another()];
      const calls = Array.from({ length: 6 }, (_, index) =>
        (processes[index % 2] ?? trial.subject).provisioning.provisionTenant(KEYED),
      );
      const results = await Promise.all(calls);
      assert.deepEqual(
        results.map(({ status }) => status),
        calls.map(() => 'active'),
      );
      assert.equal(new Set(results.map(({ tenantId }) => tenantId)).size, 1);
      assert.equal(await trial.subject.countDatabases(), 1);
    },
  ),
  refuses: must(
    'a request that cannot be carried out is rejected before anything is created',
    async (trial) => {
      for (const [request, code] of UNSUPPORTED)
        await refused(trial.provisioning.provisionTenant(request as never), code);
      await refused(trial.provisioning.provisionTenant(KEYED, { waitMs: -1 }), 'invalid_request');
      assert.equal(await trial.subject.countDatabases(), 0);
    },
  ),
  aborted: must('an aborted request creates nothing, and can be repeated', async (trial) => {
    const { provisioning } = trial;
    await refused(provisioning.provisionTenant(KEYED, { signal: AbortSignal.abort() }), 'aborted');
    assert.equal(await trial.subject.countDatabases(), 0);
    assert.equal((await provisioning.provisionTenant(KEYED)).status, 'active');
  }),
  waits: must(
    '`waitMs` limits how long a call waits, and a repetition waits for the result',
    async (trial) => {
      const { provisioning } = trial;
      const first = await provisioning.provisionTenant(KEYED, { waitMs: 0 });
      assert.ok(first.status === 'provisioning' || first.status === 'active', first.status);
      const last = await provisioning.provisionTenant(KEYED);
      assert.deepEqual([last.tenantId, last.status], [first.tenantId, 'active']);
      assert.equal(await trial.subject.countDatabases(), 1);
    },
  ),
};
