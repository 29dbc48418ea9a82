import assert from 'node:assert/strict';
import type { PooledDatabase } from '@objectstack/spec/contracts';
import type { ProvisioningStep } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { must, type RegistryChecks } from './registry-check.js';
import type { RegistryTrial } from './registry-trial.js';
import { deploymentRecord } from './sample-deployments.js';
import { T0, T1, T2, tenantRecord } from './sample-tenants.js';

const KEY = 'e'.repeat(64);

const STEPS: ProvisioningStep[] = [
  { name: 'create_database', status: 'completed', attempt: 1, startedAt: T1, completedAt: T1, durationMs: 0 },
  { name: 'activate', status: 'completed', attempt: 1, startedAt: T1, completedAt: T1, durationMs: 0 },
];

function pooled(tenantId: string, changes: Partial<PooledDatabase> = {}): PooledDatabase {
  return {
    tenantId,
    databaseName: `t-${tenantId}`,
    poolKey: KEY,
    region: null,
    templateDatabase: null,
    status: 'ready',
    url: `libsql://t-${tenantId}.example.com`,
    owner: 'one',
    usedAt: T1,
    ...changes,
  };
}

/** An active tenant without a database of its own. */
const wanted = (requestKey: string | null = null) =>
  tenantRecord({ requestKey, tenant: { provisioningStatus: 'active', provisionedAt: T1 } });

const claim = ({ registry }: RegistryTrial, requestKey: string | null = null) =>
  registry.claimPooledDatabase(KEY, {
    record: wanted(requestKey),
    steps: STEPS,
    by: { actor: 'ann', at: T1 },
  });

const namesIn = async ({ registry }: RegistryTrial) =>
  (await registry.listPooledDatabases()).map(({ tenantId }) => tenantId);

export const poolChecks: RegistryChecks = {
  complete: must(
    '`addPooledDatabase` stores every property, and `listPooledDatabases` returns them sorted by the code units of the id',
    async ({ registry, another }) => {
      await registry.addTemplate({
        databaseName: 'template-a',
        contentKey: KEY,
        region: 'eu-west',
        status: 'ready',
        usedAt: T0,
      });
      const copied = pooled('b', { region: 'eu-west', templateDatabase: 'template-a' });
      const records = [pooled('B', { status: 'preparing', url: null }), pooled('_'), copied];
      for (const record of [...records].reverse()) await registry.addPooledDatabase(record);
      for (const one of [registry, await another()])
        assert.deepEqual(await one.listPooledDatabases(), records);
    },
  ),
  unique: must('`addPooledDatabase` rejects a used tenant id or database name', async ({ registry }) => {
    await registry.addPooledDatabase(pooled('a'));
    await refused(registry.addPooledDatabase(pooled('a', { databaseName: 'other' })), 'unique_violation');
    await refused(registry.addPooledDatabase(pooled('b', { databaseName: 't-a' })), 'unique_violation');
  }),
  template: must(
    '`addPooledDatabase` rejects a template that cannot be copied, and one in preparation keeps its template',
    async (trial) => {
      const { registry } = trial;
      const copy = pooled('a', { templateDatabase: 'template-a', status: 'preparing', url: null });
      await refused(registry.addPooledDatabase(copy), 'database_not_found');
      assert.deepEqual(await namesIn(trial), []);
      await registry.addTemplate({
        databaseName: 'template-a',
        contentKey: KEY,
        region: null,
        status: 'ready',
        usedAt: T0,
      });
      await registry.addPooledDatabase(copy);
      assert.equal(await registry.retireTemplate('template-a', T2), false);
      await registry.changePooledDatabase('a', 'preparing', {
        status: 'ready',
        url: 'libsql://a.example.com',
      });
      assert.equal(await registry.retireTemplate('template-a', T2), true);
    },
  ),
  change: must(
    '`changePooledDatabase` changes the given properties, only in the given status',
    async ({ registry }) => {
      await registry.addPooledDatabase(pooled('a', { status: 'preparing', url: null }));
      const change = { status: 'ready', url: 'libsql://a.example.com', owner: 'two', usedAt: T2 } as const;
      assert.equal(await registry.changePooledDatabase('a', 'ready', change), false);
      assert.equal(await registry.changePooledDatabase('b', 'preparing', change), false);
      assert.equal(await registry.changePooledDatabase('a', 'preparing', change), true);
      assert.deepEqual(await registry.listPooledDatabases(), [{ ...pooled('a'), ...change }]);
      assert.equal(await registry.changePooledDatabase('a', 'ready', { usedAt: T1 }), true);
      assert.deepEqual(await registry.listPooledDatabases(), [{ ...pooled('a'), ...change, usedAt: T1 }]);
    },
  ),
  remove: must(
    '`removePooledDatabase` removes a record that is being deleted with its deployments, and no other',
    async (trial) => {
      const { registry } = trial;
      await registry.addPooledDatabase(pooled('a'));
      await registry.saveDeployment(
        { ...deploymentRecord('one'), tenantId: 'a' },
        { take: 'lease', revision: null },
      );
      await registry.removePooledDatabase('a');
      assert.deepEqual(await namesIn(trial), ['a']);
      await registry.changePooledDatabase('a', 'ready', { status: 'deleting' });
      for (let time = 0; time < 2; time++) await registry.removePooledDatabase('a');
      assert.deepEqual(await namesIn(trial), []);
      assert.deepEqual(await registry.listDeployments('a'), []);
    },
  ),
  claim: must(
    '`claimPooledDatabase` adds the tenant with the database, its steps and an entry of the audit log',
    async (trial) => {
      await trial.registry.addPooledDatabase(pooled('a', { region: 'eu-west' }));
      const claimed = await claim(trial, 'signup');
      assert.equal(claimed?.created, true);
      const stored = await trial.registry.getTenant('a');
      assert.deepEqual(claimed?.record, stored);
      const { tenant, ...record } = wanted('signup');
      assert.deepEqual(stored, {
        ...record,
        tenant: {
          ...tenant,
          id: 'a',
          connectionConfig: { url: 'libsql://t-a.example.com', databaseName: 't-a' },
        },
        databaseName: 't-a',
        requestedRegion: 'eu-west',
      });
      assert.deepEqual(await trial.registry.listSteps('a'), STEPS);
      const [entry] = await trial.registry.listAuditEntries({ tenantId: 'a', limit: 10 });
      assert.deepEqual(
        [entry?.action, entry?.after, entry?.actor, entry?.at],
        ['create_tenant', 'active', 'ann', T1],
      );
      assert.deepEqual(await namesIn(trial), []);
    },
  ),
  'claims-ready': must(
    '`claimPooledDatabase` takes only a ready database of the pool, and adds nothing without one',
    async (trial) => {
      const { registry } = trial;
      await registry.addPooledDatabase(pooled('a', { status: 'preparing', url: null }));
      await registry.addPooledDatabase(pooled('b', { status: 'deleting' }));
      await registry.addPooledDatabase(pooled('c', { poolKey: 'f'.repeat(64) }));
      assert.equal(await claim(trial), null);
      assert.deepEqual(await registry.listAllTenants(), []);
      assert.deepEqual(await namesIn(trial), ['a', 'b', 'c']);
    },
  ),
  'claims-once': must('a database is claimed once, by several processes at once', async (trial) => {
    for (const id of ['a', 'b', 'c']) await trial.registry.addPooledDatabase(pooled(id));
    const processes = await trial.processes(5);
    const claimed = await Promise.all(
      processes.map((one) => one.claimPooledDatabase(KEY, { record: wanted(), steps: STEPS })),
    );
    const ids = claimed.flatMap((one) => (one ? [one.record.tenant.id] : []));
    assert.deepEqual(ids.sort(), ['a', 'b', 'c']);
    assert.equal((await trial.registry.listAllTenants()).length, 3);
  }),
  release: must(
    '`claimPooledDatabase` claims no database if the channel of `ifNoReleaseIn` has a release',
    async ({ registry }) => {
      await registry.addPooledDatabase(pooled('a'));
      const release = { name: 'r1', bundleChecksum: KEY, bundleVersion: '1.0.0', createdAt: T0 };
      await registry.addRelease(release);
      await registry.putChannel({ name: 'stable', release: null, updatedAt: T0 });
      await registry.putChannel({ name: 'beta', release: 'r1', updatedAt: T0 });
      const claimIn = (ifNoReleaseIn: string) =>
        registry.claimPooledDatabase(KEY, { record: wanted(), steps: STEPS, ifNoReleaseIn });
      assert.equal(await claimIn('beta'), null);
      assert.deepEqual(await registry.listAllTenants(), []);
      assert.equal((await claimIn('stable'))?.record.tenant.id, 'a');
    },
  ),
  'request-key': must(
    'a request key that was used claims no database, also if several processes use it at once',
    async (trial) => {
      for (const id of ['a', 'b', 'c']) await trial.registry.addPooledDatabase(pooled(id));
      const processes = await trial.processes(3);
      const claimed = await Promise.all(
        processes.map((one) => one.claimPooledDatabase(KEY, { record: wanted('signup'), steps: STEPS })),
      );
      assert.equal(claimed.filter((one) => one?.created).length, 1);
      assert.equal(new Set(claimed.map((one) => one?.record.tenant.id)).size, 1);
      assert.equal((await namesIn(trial)).length, 2);
      const again = await claim(trial, 'signup');
      assert.equal(again?.created, false);
      assert.equal((await namesIn(trial)).length, 2);
    },
  ),
};
