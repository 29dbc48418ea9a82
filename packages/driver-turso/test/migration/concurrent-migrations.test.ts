import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { randomFrom, temporaryFolder, times } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTursoDriver } from '../../src/driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { sharedSqld } from '../transports.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, introspect } = createSqliteSchemaDiff();
const server = sharedSqld();
const ROUNDS = times(8);
const SETTINGS = { busyTimeoutMs: 30_000 };

const text = { type: 'text' };
const CHILD = object('child', { parent: { type: 'lookup', reference: 'parent', deleteBehavior: 'cascade' } });
const BEFORE = [object('parent', { name: text, size: { type: 'number' } }), CHILD];
const AFTER = [
  [object('parent', { name: { ...text, storage: { notNull: true } }, size: text }), CHILD],
  [object('parent', { title: { ...text, unique: true, renamedFrom: 'name' } }), CHILD],
];

/** How to open one database again and again. */
const PLACES: Record<string, () => Promise<() => IDataDriver>> = {
  'a file': async () => {
    const path = join(await temporaryFolder(), 'tenant.db');
    await writeFile(path, '');
    return () => createTursoDriver({ url: pathToFileURL(path).href, ...SETTINGS });
  },
  'a server': async () => {
    const { url, token } = await server().createDatabase();
    return () => createTursoDriver({ url, ...SETTINGS }, { authToken: token });
  },
};

async function opened(place: string): Promise<IDataDriver[]> {
  const open = await PLACES[place]?.();
  const drivers = Array.from({ length: 5 }, () => open?.() as IDataDriver);
  for (const driver of drivers) {
    await driver.connect();
    onTestFinished(() => driver.disconnect());
  }
  return drivers;
}

describe.each(Object.keys(PLACES))('five appliers of two plans on %s', (place) => {
  it.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))(
    'run exactly one of them, once (seed %i)',
    async (seed) => {
      const drivers = await opened(place);
      const [first] = drivers as [IDataDriver];
      await deploy(first, BEFORE);
      const parents = await first.bulkCreate('parent', [{ name: 'a', size: 1 }, { name: 'b' }]);
      await first.bulkCreate(
        'child',
        parents.map(({ id }) => ({ parent: id })),
      );
      const plans = await Promise.all(AFTER.map((after) => planFor(first, after)));
      const shares = randomFrom(seed).shuffle([0, 0, 0, 1, 1]);
      const outcomes = await Promise.all(
        drivers.map((driver, index) => {
          const plan = plans[shares[index] ?? 0] as (typeof plans)[number];
          return applyMigrations(driver, plan, { allow: losses(plan) }).then(
            ({ outcome }) => outcome,
            ({ code }) => code,
          );
        }),
      );
      const winner = shares[outcomes.indexOf('applied')];
      const expected: string[] = shares.map((share) => (share === winner ? 'already_applied' : 'plan_stale'));
      expected[outcomes.indexOf('applied')] = 'applied';
      expect(outcomes).toEqual(expected);
      expect(await introspect(first)).toMatchObject({
        schemaHash: plans[winner ?? 0]?.targetSchemaHash,
        planHash: plans[winner ?? 0]?.planHash,
      });
      expect(await first.count('_os_deployment', {}, { system: true })).toBe(2);
      expect([await first.count('parent'), await first.count('child')]).toEqual([2, 2]);
      expect(await faultsIn(first)).toEqual([]);
    },
  );
});
