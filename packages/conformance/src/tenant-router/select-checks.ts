import assert from 'node:assert/strict';
import type { ResolveTenantOptions } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { HOSTNAME_FORMS, REFERENCE_FORMS } from './request-forms.js';
import { must, type RouterChecks } from './router-check.js';
import type { RouterTrial } from './router-trial.js';

const byId = (value: string): ResolveTenantOptions => ({ tenantId: value });
const byHeader = (value: string) => REFERENCE_FORMS.header?.(value) ?? {};

/** Two tenants of the organization, and one of another. */
async function threeTenants(trial: RouterTrial) {
  const own = await trial.tenant('acme', { slug: 'own', hostnames: ['own.example'] });
  const other = await trial.tenant('acme', { slug: 'other', hostnames: ['other.example'] });
  const foreign = await trial.tenant('globex', { slug: 'foreign', hostnames: ['foreign.example'] });
  return { own, other, foreign };
}

/** The body of the rejection, which must be `tenant_not_found`. */
const bodyOf = async (trial: RouterTrial, options: ResolveTenantOptions) =>
  JSON.stringify((await refused(trial.context(options), 'tenant_not_found')).toProblemDetails());

/** Asserts that no form finds a tenant, and that the bodies of all rejections are equal. */
async function allAlike(trial: RouterTrial, options: readonly ResolveTenantOptions[]): Promise<void> {
  const bodies = new Set<string>();
  for (const one of options) bodies.add(await bodyOf(trial, one));
  assert.equal(bodies.size, 1, 'The rejections differ.');
}

const everyForm = (reference: string, hostname: string) => [
  byId(reference),
  ...Object.values(REFERENCE_FORMS).map((form) => form(reference)),
  ...Object.values(HOSTNAME_FORMS).map((form) => form(hostname)),
];

export const selectChecks: RouterChecks = {
  id: must(
    '`resolveTenant` selects by the id in every part of a request that can contain one',
    async (trial) => {
      const { own, other } = await threeTenants(trial);
      for (const form of [byId, ...Object.values(REFERENCE_FORMS)])
        for (const id of [own, other]) assert.equal(await trial.selected(form(id)), id);
    },
  ),
  slug: must(
    '`resolveTenant` selects by the slug in any letter case in every part of a request that can contain one',
    async (trial) => {
      const { own, other } = await threeTenants(trial);
      for (const form of Object.values(REFERENCE_FORMS)) {
        for (const slug of ['own', 'OWN']) assert.equal(await trial.selected(form(slug)), own);
        assert.equal(await trial.selected(form('other')), other);
      }
    },
  ),
  hostname: must('`resolveTenant` selects by a custom host name, in canonical form', async (trial) => {
    const { own, other } = await threeTenants(trial);
    for (const form of Object.values(HOSTNAME_FORMS)) {
      assert.equal(await trial.selected(form('own.example')), own);
      assert.equal(await trial.selected(form('other.example')), other);
    }
    for (const host of ['Own.Example', 'own.example.', 'own.example:8443'])
      assert.equal(await trial.selected(HOSTNAME_FORMS.host?.(host)), own);
  }),
  'untrusted-proxy': must(
    '`resolveTenant` ignores a forwarded header unless a trusted proxy sent the request',
    async (trial) => {
      const { own } = await threeTenants(trial);
      const headers = { host: 'own.example', 'x-forwarded-host': 'other.example' };
      const request = { url: '/', headers };
      assert.equal(await trial.selected({ request }), own);
      assert.equal(await trial.selected({ request, isFromTrustedProxy: false }), own);
    },
  ),
  agreeing: must('`resolveTenant` accepts several selectors of the same tenant', async (trial) => {
    const { own } = await threeTenants(trial);
    const options = {
      tenantId: own,
      request: { url: '/t/own', headers: { host: 'own.example', 'x-tenant-id': `OWN, ${own}` } },
      claims: { tenant_id: 'own' },
    };
    assert.equal(await trial.selected(options), own);
  }),
  conflict: must(
    '`resolveTenant` rejects selectors of different tenants with `tenant_selector_conflict`, alike for tenants that the session cannot select',
    async (trial) => {
      const { own, foreign } = await threeTenants(trial);
      for (const second of ['other', 'foreign', foreign, 'unknown', '..'])
        await refused(trial.context({ tenantId: own, ...byHeader(second) }), 'tenant_selector_conflict');
      await refused(trial.context(byHeader('own, other')), 'tenant_selector_conflict');
      await refused(trial.context(byHeader('foreign, unknown')), 'tenant_not_found');
    },
  ),
  foreign: must(
    '`resolveTenant` rejects every selector of a tenant of another organization with the body of an unknown one',
    async (trial) => {
      const { foreign } = await threeTenants(trial);
      const options = [
        ...everyForm('unknown', 'unknown.example'),
        ...everyForm('foreign', 'foreign.example'),
        ...everyForm(foreign, 'foreign.example'),
      ];
      await allAlike(trial, options);
      assert.equal(await trial.selected(byHeader('foreign'), 'globex'), foreign);
    },
  ),
  destroyed: must(
    '`resolveTenant` rejects every selector of a destroyed tenant with the body of an unknown one',
    async (trial) => {
      const { own, other } = await threeTenants(trial);
      await trial.subject.provisioning.destroyTenant(other);
      await allAlike(trial, [
        byId('unknown'),
        ...everyForm(other, 'other.example'),
        ...everyForm('other', 'other.example'),
      ]);
      assert.equal(await trial.selected(), own);
    },
  ),
  malformed: must(
    '`resolveTenant` rejects malformed and empty selectors with the body of an unknown one, also for the only tenant',
    async (trial) => {
      await trial.tenant();
      const { header, claim, selectors } = REFERENCE_FORMS;
      const forms = [header, claim, selectors].flatMap((form) => form ?? []);
      const malformed = ['', '..', '../own', '{tenant}', '%6fwn', 'a\u0000b', 'a'.repeat(200)];
      await allAlike(trial, [
        byId('unknown'),
        ...malformed.flatMap((value) => forms.map((form) => form(value))),
        { request: { url: '/t//notes', headers: {} } },
        { request: { url: '/', headers: { host: 'a b.example.com' } } },
        byId('a\u0000b'),
      ]);
    },
  ),
  suspended: must(
    '`resolveTenant` rejects every selector of an own suspended tenant alike',
    async (trial) => {
      const { own } = await threeTenants(trial);
      await trial.subject.provisioning.suspendTenant(own);
      for (const options of [...everyForm(own, 'own.example'), ...everyForm('own', 'own.example').slice(1)])
        await refused(trial.context(options), 'tenant_suspended');
    },
  ),
  'invalid-options': must(
    '`resolveTenant` rejects options that are not valid with `invalid_request`',
    async (trial) => {
      await trial.tenant();
      for (const options of [
        { tenantId: '' },
        { tenantId: 7 },
        { tenant: 'own' },
        { request: {} },
        { claims: [] },
      ])
        await refused(trial.context(options as never), 'invalid_request');
    },
  ),
};
