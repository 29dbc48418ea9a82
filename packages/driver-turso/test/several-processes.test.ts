import { setTimeout } from 'node:timers/promises';
import { IS_EXHAUSTIVE, randomFrom, SEED, sampleOf, times } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { runTogether, startChild } from './children.js';
import { connected, deploy, directClient, freshDatabase, object, planFor } from './database.js';
import { sharedSqld } from './transports.js';

const { introspect } = createSqliteSchemaDiff();
const NOTE = object('note', {
  title: { type: 'text', unique: true },
  number: { type: 'autonumber', format: 'N{0000}' },
});
const TALLY = object('tally', {
  key: { type: 'text' },
  last_writer: { type: 'text' },
  number: { type: 'autonumber' },
});
const COUNT = IS_EXHAUSTIVE ? 25 : 10;
const [DEPLOYMENTS, WRITES, READS] = IS_EXHAUSTIVE ? [10, 120, 60] : [3, 30, 15];
const ROUNDS = Math.max(2, times(20));
const KILLED_WITHIN_MS = 600;

function wideObjects(count: number) {
  const fields = Object.fromEntries(
    Array.from({ length: 15 }, (_, index) => [`f${index}`, { type: 'text', index: true }]),
  );
  return Array.from({ length: count }, (_, index) => object(`o${index}`, fields));
}

const measurement = (type: string) => object('measurement', { amount: { type } });
const VERSIONS = [[measurement('number')], [measurement('text')]];
const server = sharedSqld();

const DATABASES = [
  ['a file', async () => ({ url: (await freshDatabase()).url })],
  ['a server', async () => server().createDatabase()],
] as const;

describe('a writer, a reader and a deployer in three processes', () => {
  it.each(sampleOf(DATABASES, 2))('lose and misread no record of %s', async (_name, create) => {
    const { url, token }: { url: string; token?: string } = await create();
    const driver = createTursoDriver({ url }, { ...(token && { authToken: token }) });
    onTestFinished(() => driver.disconnect());
    await driver.connect();
    await deploy(driver, VERSIONS[1] ?? []);
    const place = { url, ...(token && { token }) };
    const [deployed, written, read] = await runTogether([
      { kind: 'deploy_versions', ...place, versions: VERSIONS, rounds: DEPLOYMENTS },
      { kind: 'write_versions', ...place, worker: 'w', count: WRITES },
      { kind: 'read_versions', ...place, count: READS },
    ]);
    expect({ deployed, read }).toEqual({ deployed: { value: DEPLOYMENTS }, read: { value: READS } });
    const { value: acknowledged } = written as { value: string[] };
    const found = new Map((await driver.find('measurement')).map(({ id, amount }) => [id, Number(amount)]));
    for (const id of acknowledged) expect([id, found.get(id)]).toEqual([id, Number(id.split('-')[1])]);
  });
});

describe('several processes', () => {
  it.each(IS_EXHAUSTIVE ? [2, 3] : [2])(
    'write to one file at once and lose nothing (%i)',
    async (processes) => {
      const { driver, url } = await freshDatabase([NOTE, TALLY], { busyTimeoutMs: 60_000 });
      const workers = Array.from({ length: processes }, (_, index) => `w${index}`);
      const outcomes = await runTogether(
        workers.map((worker) => ({ kind: 'write', url, worker, count: COUNT })),
      );
      expect(outcomes).toEqual(workers.map(() => ({ value: COUNT * 3 })));
      const fresh = await startChild({ kind: 'read_all', url, object: 'note' });
      fresh.go();
      const { value } = (await fresh.outcome) as { value: { title: string; number: string }[] };
      const titles = workers.flatMap((worker) =>
        Array.from({ length: COUNT }, (_, index) =>
          ['create', 'first', 'second'].map((step) => `${worker} ${step} ${index}`),
        ).flat(),
      );
      expect(value.map(({ title }) => title).sort()).toEqual(titles.sort());
      const numbers = titles.map((_, index) => `N${String(index + 1).padStart(4, '0')}`);
      expect(value.map(({ number }) => number).sort()).toEqual(numbers);
      expect(await driver.find('tally')).toMatchObject([{ key: 'shared', number: '1' }]);
    },
  );

  it('keeps what was acknowledged after a locked database and a hard exit', async () => {
    const { url, path } = await freshDatabase([NOTE]);
    const lock = await directClient(path).transaction('write');
    const child = await startChild({ kind: 'write_and_die', url, count: 50 });
    child.go();
    await setTimeout(300);
    await lock.rollback();
    expect(await child.outcome).toEqual({ value: 50 });
    const notes = await (await connected({ url })).find('note');
    expect(notes.map(({ title }) => title)).toEqual(
      Array.from({ length: 50 }, (_, index) => `note ${index}`),
    );
    expect((await directClient(path).execute('PRAGMA integrity_check')).rows[0]?.integrity_check).toBe('ok');
  });

  it('apply two plans at once, and exactly one wins', async () => {
    const { driver, url } = await freshDatabase([NOTE]);
    const plans = await Promise.all([
      planFor(driver, [NOTE, ...wideObjects(5)]),
      planFor(driver, [NOTE, TALLY]),
    ]);
    const outcomes = await runTogether(plans.map((plan) => ({ kind: 'apply', url, plan })));
    expect(outcomes).toHaveLength(2);
    expect(outcomes).toEqual(expect.arrayContaining([{ value: 'applied' }, { code: 'plan_stale' }]));
    const winner = outcomes.findIndex((outcome) => 'value' in outcome);
    const live = await introspect(await connected({ url }));
    expect(live).toMatchObject({
      schemaHash: plans[winner]?.targetSchemaHash,
      planHash: plans[winner]?.planHash,
    });
  });

  it('apply the same plan at once, and it runs once', async () => {
    const { driver, url } = await freshDatabase([NOTE]);
    const plan = await planFor(driver, [NOTE, ...wideObjects(5)]);
    const outcomes = await runTogether([1, 2, 3].map(() => ({ kind: 'apply', url, plan })));
    expect(outcomes.map((outcome) => ('value' in outcome ? outcome.value : outcome.code)).sort()).toEqual([
      'already_applied',
      'already_applied',
      'applied',
    ]);
    expect(await driver.count('_os_deployment', {}, { system: true })).toBe(2);
  });

  it('has either all old or all new data after a kill at any moment', async () => {
    const random = randomFrom(SEED);
    const seen = new Set<string>();
    const killedAfter = async (afterMs: number) => {
      const { driver, url, path } = await freshDatabase([NOTE]);
      await driver.create('note', { title: 'kept' });
      const plan = await planFor(driver, [NOTE, ...wideObjects(60)]);
      const child = await startChild({ kind: 'apply', url, plan });
      child.go();
      const killed = setTimeout(afterMs).then(child.kill);
      await Promise.all([child.outcome, killed]);
      const fresh = await connected({ url });
      const live = await introspect(fresh);
      const isNew = live.planHash === plan.planHash;
      seen.add(isNew ? 'new' : 'old');
      expect(live.schemaHash).toBe(isNew ? plan.targetSchemaHash : plan.baseSchemaHash);
      expect(live.objects).toHaveLength(isNew ? 61 : 1);
      expect(live.tables).toHaveLength(isNew ? 61 : 1);
      expect(await fresh.count('_os_deployment', {}, { system: true })).toBe(isNew ? 2 : 1);
      expect(await fresh.find('note')).toMatchObject([{ title: 'kept', number: 'N0001' }]);
      expect((await directClient(path).execute('PRAGMA integrity_check')).rows[0]?.integrity_check).toBe(
        'ok',
      );
    };
    for (let round = 0; round < ROUNDS; round++)
      await killedAfter(
        Math.floor((round / ROUNDS) * KILLED_WITHIN_MS) + random.below(KILLED_WITHIN_MS / ROUNDS),
      );
    // A run in which every kill came too late shows nothing.
    if (!seen.has('old')) await killedAfter(0);
    expect(seen).toContain('old');
  });
});
