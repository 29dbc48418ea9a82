import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { must, type RouterChecks } from './router-check.js';
import { type RouterTrial, sessionOf } from './router-trial.js';

const bySlug = (value: string) => ({ selectors: [{ kind: 'reference' as const, value }] });

/** Refusals are cached for at most this time. */
const REFUSED_MS = 1_000;

/** The id in the marker of the database that the router returns for a tenant. */
async function markerOf({ router }: RouterTrial, tenantId: string): Promise<unknown> {
  const client = await router.getTenantClient(tenantId);
  return (await client.findOne('_os_tenant', {}, { system: true }))?.id;
}

export const cacheChecks: RouterChecks = {
  'suspension-here': must(
    'a suspension by the same process applies at once, to contexts, clients and clients that were returned before',
    async (trial) => {
      const id = await trial.tenant();
      await trial.context();
      const client = await trial.router.getTenantClient(id);
      await trial.subject.provisioning.suspendTenant(id);
      await refused(trial.context(), 'tenant_suspended');
      await refused(trial.router.getTenantClient(id), 'tenant_suspended');
      await refused(client.count('_os_tenant', {}, { system: true }), 'tenant_suspended');
      await trial.subject.provisioning.resumeTenant(id);
      assert.equal(await trial.selected(), id);
      assert.equal(await client.count('_os_tenant', {}, { system: true }), 1);
    },
  ),
  'suspension-elsewhere': must(
    'a suspension by another process applies after the TTL, to contexts, clients and clients that were returned before',
    async (trial) => {
      const id = await trial.tenant();
      await trial.context();
      const client = await trial.router.getTenantClient(id);
      await (await trial.subject.another()).provisioning.suspendTenant(id);
      trial.subject.advance(trial.subject.ttlMs);
      await refused(client.count('_os_tenant', {}, { system: true }), 'tenant_suspended');
      await refused(trial.context(), 'tenant_suspended');
      await refused(trial.router.getTenantClient(id), 'tenant_suspended');
    },
  ),
  'resumption-elsewhere': must('a resumption by another process applies after a second', async (trial) => {
    const id = await trial.tenant();
    await trial.subject.provisioning.suspendTenant(id);
    await refused(trial.context(), 'tenant_suspended');
    await (await trial.subject.another()).provisioning.resumeTenant(id);
    trial.subject.advance(REFUSED_MS);
    assert.equal(await trial.selected(), id);
  }),
  'names-here': must('a slug that the same process changes applies at once', async (trial) => {
    const [one, other] = [await trial.tenant('acme', { slug: 'one' }), await trial.tenant()];
    await refused(trial.context(bySlug('two')), 'tenant_not_found');
    assert.equal(await trial.selected(bySlug('one')), one);
    await trial.subject.tenants.setSlug(one, 'two');
    assert.equal(await trial.selected(bySlug('two')), one);
    await refused(trial.context(bySlug('one')), 'tenant_not_found');
    await trial.subject.tenants.setSlug(other, 'three');
    assert.equal(await trial.selected(bySlug('three')), other);
  }),
  'names-elsewhere': must(
    'a slug that another process sets is found after a second, and the previous one is refused after the TTL',
    async (trial) => {
      const id = await trial.tenant('acme', { slug: 'one' });
      assert.equal(await trial.selected(bySlug('one')), id);
      await refused(trial.context(bySlug('two')), 'tenant_not_found');
      await (await trial.subject.another()).tenants.setSlug(id, 'two');
      trial.subject.advance(REFUSED_MS);
      assert.equal(await trial.selected(bySlug('two')), id);
      trial.subject.advance(trial.subject.ttlMs - REFUSED_MS);
      await refused(trial.context(bySlug('one')), 'tenant_not_found');
    },
  ),
  'new-tenant': must('a tenant that the same process creates is considered at once', async (trial) => {
    await refused(trial.context(), 'tenant_not_found');
    const first = await trial.tenant();
    assert.equal(await trial.selected(), first);
    await trial.tenant();
    await refused(trial.context(), 'tenant_ambiguous');
  }),
};

export const clientChecks: RouterChecks = {
  own: must("`getTenantClient` returns a driver of the tenant's own database", async (trial) => {
    const ids = [await trial.tenant(), await trial.tenant(), await trial.tenant('globex')];
    const found = await Promise.all([...ids, ...ids].map((id) => markerOf(trial, id)));
    assert.deepEqual(found, [...ids, ...ids]);
  }),
  'not-found': must(
    '`getTenantClient` rejects an unknown, empty, malformed or destroyed id with `tenant_not_found`',
    async (trial) => {
      const gone = await trial.tenant();
      await trial.subject.provisioning.destroyTenant(gone);
      for (const id of ['unknown', '', '..', 'a\u0000', undefined as never, gone])
        await refused(trial.router.getTenantClient(id), 'tenant_not_found');
    },
  ),
  disconnect: must('`disconnect` of a returned driver has no effect', async (trial) => {
    const id = await trial.tenant();
    await (await trial.router.getTenantClient(id)).disconnect();
    assert.equal(await markerOf(trial, id), id);
  }),
};

export const concurrencyChecks: RouterChecks = {
  sessions: must('concurrent requests of several organizations each get their own context', async (trial) => {
    const organizations = ['acme', 'globex', 'initech'];
    const ids = new Map<string, string>();
    for (const organization of organizations) ids.set(organization, await trial.tenant(organization));
    const asked = Array.from({ length: 10 }, () => organizations).flat();
    const contexts = await Promise.all(asked.map((one) => trial.router.resolveTenant(sessionOf(one))));
    const found = contexts.map(({ organizationId, tenantId }) => [organizationId, tenantId]);
    assert.deepEqual(
      found,
      asked.map((one) => [one, ids.get(one)]),
    );
  }),
  'aborted-resolution': must(
    'an aborted `resolveTenant` rejects with `aborted`, and others that wait for the same get their context',
    async (trial) => {
      const id = await trial.tenant();
      const controller = new AbortController();
      const aborted = trial.context({ signal: controller.signal });
      const waiting = trial.selected();
      controller.abort();
      await refused(aborted, 'aborted');
      assert.equal(await waiting, id);
    },
  ),
  'aborted-query': must(
    'the answer of an aborted query does not reach the next one, of the same tenant or of another',
    async (trial) => {
      const ids = [await trial.tenant(), await trial.tenant('globex')];
      const clients = await Promise.all(ids.map((id) => trial.router.getTenantClient(id)));
      for (let round = 0; round < 5; round++) {
        const controller = new AbortController();
        const { signal } = controller;
        const aborted = clients.map((client) => client.execute('SELECT 0 AS answer', [], { signal }));
        const settled = Promise.allSettled(aborted);
        controller.abort();
        const answers = await Promise.all(
          clients.map((client, index) => client.execute('SELECT ? AS answer', [10 * round + index])),
        );
        const found = answers.map(({ rows }) => Number(rows[0]?.answer));
        assert.deepEqual(found, [10 * round, 10 * round + 1]);
        await settled;
      }
    },
  ),
};
