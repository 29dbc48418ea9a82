import type { AppManifestInput } from '@objectstack/spec/system';
import { IS_EXHAUSTIVE, randomFrom, SEED, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { type Kill, openKilledFleet } from '../../test/killed-fleet.js';
import type { Runtime } from '../runtime.js';

const TENANTS = IS_EXHAUSTIVE ? 25 : 3;
/** Processes that are killed at random moments, in each direction. */
const ROUNDS = IS_EXHAUSTIVE ? 25 : 0;

/** Between the steps of a tenant: before and after its migration, and before the outcomes are recorded. */
const MOMENTS: readonly Kill[] = [
  { method: 'saveDeployment', occurrence: 1, when: 'after' },
  { method: 'saveDeployment', occurrence: 2, when: 'before' },
  { method: 'saveRolloutTenants', occurrence: 1, when: 'before' },
];

const text = { type: 'text' } as const;
const LIST = {
  name: 'desk__list',
  object: 'desk__case',
  list: { type: 'grid', columns: ['title'] },
} as const;

const DESK = {
  name: 'desk',
  namespace: 'desk',
  version: '1.0.0',
  objects: [{ name: 'desk__case', fields: { code: { ...text, unique: true }, title: text, pieces: text } }],
  views: [LIST],
  settings: { api_key: { type: 'text', secret: true, required: true } },
  seedData: [
    {
      object: 'desk__case',
      externalId: 'code',
      records: [
        { code: 'a', title: 'First', pieces: '1' },
        { code: 'b', title: 'Second', pieces: '2' },
      ],
    },
  ],
} satisfies AppManifestInput;

/** A renamed field, a changed type, a required field, and seed data that changes. */
const DESK_2 = {
  ...DESK,
  version: '1.1.0',
  objects: [
    {
      name: 'desk__case',
      fields: {
        code: { ...text, unique: true },
        subject: { ...text, renamedFrom: 'title' },
        pieces: { type: 'number' },
        kind: { ...text, required: true, defaultValue: 'question' },
      },
    },
  ],
  views: [{ ...LIST, label: 'Cases', list: { type: 'grid', columns: ['subject'] } }],
  seedData: [
    {
      object: 'desk__case',
      externalId: 'code',
      records: [
        { code: 'a', subject: 'First of two', pieces: 1, kind: 'answer' },
        { code: 'b', subject: 'Second of two', pieces: 2, kind: 'answer' },
        { code: 'c', subject: 'Third', pieces: 3, kind: 'answer' },
      ],
    },
  ],
} satisfies AppManifestInput;

/** Tenants with the app, of which each has a record of its own, and has changed another one. */
async function openDesks({ provisioning, apps, fleet, router }: Runtime) {
  await fleet.createAppRelease(DESK_2, { name: 'desk-1.1' });
  const tenantIds: string[] = [];
  for (let index = 0; index < TENANTS; index++) {
    const { tenantId } = await provisioning.provisionTenant({ orgId: 'acme' });
    tenantIds.push(tenantId);
    expect(await apps.installApp(tenantId, DESK, { api_key: `key of ${tenantId}` })).toMatchObject({
      success: true,
    });
    const driver = await router.getTenantClient(tenantId);
    await driver.create('desk__case', { code: 'own', title: `Own ${index}`, pieces: '7' });
    const edited = await driver.findOne('desk__case', { where: { code: 'b' } });
    await driver.update('desk__case', edited?.id ?? '', { title: 'Edited' });
  }
  return tenantIds.toSorted();
}

/** What a tenant has, and how often each version of its bundle was deployed. */
async function stateOf({ apps, deployments, router }: Runtime, tenantId: string) {
  const driver = await router.getTenantClient(tenantId);
  const records = await driver.find('desk__case', { orderBy: [{ field: 'code' }] });
  const { version, secretSettings } = await apps.get(tenantId, 'desk');
  const { items } = await deployments.list(tenantId);
  const [{ quick_check: integrity } = {}] = (await driver.execute('PRAGMA quick_check')).rows;
  return {
    version,
    secretSettings,
    integrity,
    records: records.map(({ code, title, subject, pieces, kind = null }) => [
      code,
      title ?? subject,
      pieces,
      kind,
    ]),
    deployments: items.map(({ status }) => status),
  };
}

const ready = (count: number) => Array<string>(count).fill('ready');

const before = (index: number) => ({
  version: '1.0.0',
  secretSettings: ['api_key'],
  integrity: 'ok',
  records: [
    ['a', 'First', '1', null],
    ['b', 'Edited', '2', null],
    ['own', `Own ${index}`, '7', null],
  ],
});

const after = (index: number) => ({
  ...before(index),
  version: '1.1.0',
  records: [
    ['a', 'First of two', 1, 'answer'],
    ['b', 'Edited', 2, 'question'],
    ['c', 'Third', 3, 'answer'],
    ['own', `Own ${index}`, 7, 'question'],
  ],
});

/** The number of a tenant, which its own record tells. */
const numberOf = ({ records }: Awaited<ReturnType<typeof stateOf>>) =>
  Number(/^Own ([0-9]+)$/.exec(String(records.at(-1)?.[1]))?.[1]);

describe('a rollout of a version of an app whose processes are killed', () => {
  it(`upgrades the app of each tenant exactly once, and rolls back what it upgraded, from seed ${SEED}`, {
    timeout: 600_000,
  }, async () => {
    const random = randomFrom(SEED);
    const { open, isKilled, killed } = await openKilledFleet();
    const first = await open();
    const tenantIds = await openDesks(first);
    const plan = await first.fleet.planRollout('desk-1.1');
    expect(plan).toMatchObject({ tenants: TENANTS, refusedTenants: 0 });
    const { rolloutId } = plan;
    await first.close();
    const strategy = { concurrency: 2, canary: null };

    /** Runs the rollout or its rollback in processes that are killed, until its end or for a number of rounds. */
    const run = async (isRollback: boolean) => {
      const work = { rolloutId, isRollback, strategy, uses: [] };
      for (const kill of sampleOf(MOMENTS, 2, Number(isRollback)))
        await killed({ ...work, kill }, JSON.stringify(kill));
      for (let round = 0; round < ROUNDS; round++) {
        const kill = { occurrence: 2 + random.below(30), when: random.pick(['before', 'after'] as const) };
        if (!(await isKilled({ ...work, kill }, `round ${round}`))) break;
      }
      const runtime = await open();
      const [status] = isRollback ? ['rolled_back'] : ['completed'];
      if ((await runtime.fleet.getRollout(rolloutId)).status !== status)
        await runtime.fleet.resumeRollout(rolloutId).catch(() => undefined);
      expect(await runtime.fleet.waitForRollout(rolloutId)).toMatchObject({
        status,
        progress: { states: { [isRollback ? 'rolled_back' : 'deployed']: TENANTS } },
      });
      return runtime;
    };

    const second = await run(false);
    for (const tenantId of tenantIds) {
      const { deployments, ...state } = await stateOf(second, tenantId);
      expect(state).toEqual(after(numberOf({ deployments, ...state })));
      expect(deployments).toEqual(ready(3));
    }
    await second.close();

    const third = await run(true);
    for (const tenantId of tenantIds) {
      const { deployments, ...state } = await stateOf(third, tenantId);
      // A rollback keeps the records that seed data created meanwhile.
      const records = state.records.filter(([code]) => code !== 'c');
      expect({ ...state, records }).toEqual(before(numberOf({ deployments, ...state })));
      expect(deployments).toEqual(ready(4));
    }
  });
});
