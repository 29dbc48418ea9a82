import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { must, type RouterChecks } from './router-check.js';
import { bundleOf, sessionOf } from './router-trial.js';

export const sessionChecks: RouterChecks = {
  required: must(
    '`resolveTenant` rejects a malformed session, one that expired and one without an organization',
    async (trial) => {
      await trial.tenant();
      const { router } = trial;
      const session = sessionOf('acme');
      await refused(router.resolveTenant(null as never), 'invalid_request');
      await refused(router.resolveTenant({ ...session, userId: '' }), 'invalid_request');
      const expired = { ...session, expiresAt: '2000-01-01T00:00:00.000Z' };
      await refused(router.resolveTenant(expired), 'session_expired');
      const { activeOrganizationId: _, ...without } = session;
      await refused(router.resolveTenant(without), 'organization_required');
    },
  ),
  'only-tenant': must(
    '`resolveTenant` selects the only tenant of the organization without a selector',
    async (trial) => {
      const [own] = [await trial.tenant(), await trial.tenant('globex')];
      assert.equal(await trial.selected(), own);
      assert.equal(await trial.selected({ request: { url: '/notes', headers: {} } }), own);
    },
  ),
  none: must(
    '`resolveTenant` rejects with `tenant_not_found` if the organization has no tenant',
    async (trial) => {
      await trial.tenant('globex');
      await refused(trial.context(), 'tenant_not_found');
    },
  ),
  ambiguous: must(
    '`resolveTenant` rejects with `tenant_ambiguous` and the ids if the organization has several tenants and none is selected',
    async (trial) => {
      const ids = [await trial.tenant(), await trial.tenant()];
      await trial.tenant('globex');
      const error = await refused(trial.context(), 'tenant_ambiguous');
      assert.deepEqual([...(error.details.tenantIds ?? [])].sort(), ids.sort());
    },
  ),
};

export const contextChecks: RouterChecks = {
  complete: must('`resolveTenant` returns the session, the tenant and its database', async (trial) => {
    const id = await trial.tenant();
    const { tenant } = await trial.subject.tenants.get(id);
    const context = await trial.context();
    const { tenantId, organizationId, userId, tenantPlan, tenantRegion, tenantDbUrl, tenantQuotas } = context;
    assert.deepEqual([tenantId, organizationId, userId], [id, 'acme', 'ada']);
    assert.deepEqual([tenantPlan, tenantRegion, tenantQuotas], [tenant.plan, tenant.region, tenant.quotas]);
    assert.equal(tenantDbUrl, tenant.connectionConfig?.url);
  }),
  frozen: must('`resolveTenant` returns a frozen context', async (trial) => {
    await trial.tenant();
    const context = await trial.context();
    assert.ok([context, context.features, context.tenantQuotas].every(Object.isFrozen));
  }),
  'bundle-version': must(
    '`resolveTenant` returns the version of the deployed bundle, at once after a deployment by the same process',
    async (trial) => {
      const id = await trial.tenant();
      assert.equal((await trial.context()).bundleVersion, undefined);
      for (const version of ['1.0.0', '1.1.0']) {
        await trial.subject.deployments.deploy(id, bundleOf(version));
        assert.equal((await trial.context()).bundleVersion, version);
      }
    },
  ),
  'bundle-version-elsewhere': must(
    '`resolveTenant` returns the version that another process deployed after the TTL',
    async (trial) => {
      const id = await trial.tenant();
      await trial.context();
      await (await trial.subject.another()).deployments.deploy(id, bundleOf('2.0.0'));
      trial.subject.advance(trial.subject.ttlMs);
      assert.equal((await trial.context()).bundleVersion, '2.0.0');
    },
  ),
};
