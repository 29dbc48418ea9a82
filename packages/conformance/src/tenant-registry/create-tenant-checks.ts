import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { must, type RegistryChecks } from './registry-check.js';
import { T1, T2, tenantRecord } from './sample-tenants.js';

const SEALED = {
  algorithm: 'aes-256-gcm',
  keyId: 'k1',
  nonce: 'AAAAAAAAAAAAAAAA',
  ciphertext: 'c2VjcmV0IQ==',
  tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
} as const;

const complete = () =>
  tenantRecord({
    requestKey: 'signup-1',
    deadlineAt: T2,
    databaseName: 't-known',
    tenant: {
      name: `Zoë's "quoted" \\ name\n😀`,
      adminEmail: 'ops@acme.example',
      metadata: { source: 'web', constructor: `'"`, nul: '\u0000', '': '' },
      connectionConfig: {
        url: 'libsql://t.example',
        databaseName: 't-known',
        group: 'eu',
        authToken: SEALED,
      },
      provisionedAt: T1,
      purgeAt: T2,
    },
  });

export const createTenantChecks: RegistryChecks = {
  returns: must('`createTenant` returns the record and that it was created', async ({ registry }) => {
    const record = tenantRecord({ requestKey: 'k' });
    assert.deepEqual(await registry.createTenant(record), { record, created: true });
  }),
  complete: must(
    '`createTenant` stores every property unchanged, and other processes read it at once',
    async ({ registry, another }) => {
      const record = complete();
      await registry.createTenant(record);
      for (const one of [registry, await another()])
        assert.deepEqual(await one.getTenant(record.tenant.id), record);
    },
  ),
  'copies-the-record': must(
    '`createTenant` keeps no reference to the record that was passed',
    async ({ registry }) => {
      const record = complete();
      const { tenant } = (await registry.createTenant(record)).record;
      Object.assign(tenant, { name: 'changed' });
      Object.assign(record.tenant, { name: 'changed' });
      assert.deepEqual(await registry.getTenant(record.tenant.id), {
        ...complete(),
        tenant: { ...complete().tenant, id: record.tenant.id },
      });
    },
  ),
  'request-key': must(
    '`createTenant` returns the existing record, unchanged, if the organization has used the request key',
    async ({ registry }) => {
      const first = tenantRecord({ requestKey: 'k', requestFingerprint: 'a'.repeat(64) });
      await registry.createTenant(first);
      const second = tenantRecord({ requestKey: 'k', requestFingerprint: 'b'.repeat(64) });
      assert.deepEqual(await registry.createTenant(second), { record: first, created: false });
      assert.deepEqual(await registry.listAllTenants(), [first]);
    },
  ),
  'request-key-of-destroyed': must(
    '`createTenant` returns a destroyed tenant whose request key is used again',
    async ({ registry }) => {
      const gone = tenantRecord({ requestKey: 'k', destroyedAt: T2 });
      await registry.createTenant(gone);
      const again = await registry.createTenant(tenantRecord({ requestKey: 'k' }));
      assert.deepEqual(again, { record: gone, created: false });
    },
  ),
  'request-key-scope': must(
    '`createTenant` scopes request keys to organizations and compares them exactly',
    async ({ registry }) => {
      await registry.createTenant(tenantRecord({ requestKey: 'k' }));
      await registry.createTenant(tenantRecord({ requestKey: 'é' }));
      const others = [
        tenantRecord({ requestKey: 'k', tenant: { organizationId: 'globex' } }),
        tenantRecord({ requestKey: 'k', tenant: { organizationId: 'ACME' } }),
        ...['K', 'k ', 'e\u0301'].map((requestKey) => tenantRecord({ requestKey })),
      ];
      for (const record of others)
        assert.deepEqual(await registry.createTenant(record), { record, created: true });
    },
  ),
  'no-request-key': must(
    '`createTenant` creates any number of tenants without a request key',
    async ({ registry }) => {
      for (const record of [tenantRecord(), tenantRecord()])
        assert.deepEqual(await registry.createTenant(record), { record, created: true });
    },
  ),
  concurrent: must(
    '`createTenant` creates one tenant when several processes use one request key at once',
    async (trial) => {
      const processes = await trial.processes(4);
      const answers = await Promise.all(
        [...processes, ...processes].map((one) => one.createTenant(tenantRecord({ requestKey: 'k' }))),
      );
      assert.equal(answers.filter(({ created }) => created).length, 1);
      assert.equal(new Set(answers.map(({ record }) => record.tenant.id)).size, 1);
      assert.equal((await trial.registry.listAllTenants()).length, 1);
    },
  ),
  'same-id': must(
    '`createTenant` rejects an id that exists with `unique_violation`, whatever the organization',
    async ({ registry }) => {
      const { tenant } = (await registry.createTenant(tenantRecord())).record;
      const taken = tenantRecord({ requestKey: 'k', tenant: { id: tenant.id, organizationId: 'globex' } });
      await refused(registry.createTenant(taken), 'unique_violation');
    },
  ),
  'same-database': must(
    '`createTenant` rejects the database name of another tenant with `unique_violation`, also of a destroyed one',
    async ({ registry }) => {
      await registry.createTenant(tenantRecord({ databaseName: 't-same', destroyedAt: T2 }));
      const taken = tenantRecord({ databaseName: 't-same', tenant: { organizationId: 'globex' } });
      const error = await refused(registry.createTenant(taken), 'unique_violation');
      assert.doesNotMatch(JSON.stringify(error), /t-same/, 'The error contains the value.');
    },
  ),
};
