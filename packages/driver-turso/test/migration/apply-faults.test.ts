import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { IS_EXHAUSTIVE, isSampled, SEED } from '@objectstack/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { prepareRichPlan, RICH_PLANS, type RichPlan } from '../rich-plans.js';
import { sharedSqld, transports } from '../transports.js';
import { faultsIn, wholeState } from '../whole-state.js';
import { type AtomicWrite, wrappedDriver } from '../wrapped-driver.js';

const { applyMigrations, introspect } = createSqliteSchemaDiff();
const server = sharedSqld();
/** One statement of so many fails; OBJECTSTACK_SEED shifts them. */
const STEPS: Readonly<Record<string, number>> = IS_EXHAUSTIVE
  ? { 'a file': 1, 'a server': 7 }
  : { 'a file': 29, 'a server': 97 };
const places = transports(server).filter(({ name }) => name in STEPS);
/** All plans on a file, some on a server, where each statement is a request. */
const SOME_PLANS = RICH_PLANS.filter((_, index) => isSampled(index, 5));

const FAILS = { sql: `SELECT json_extract('{}', 'OS_INJECTED')` };
/** Breaks a foreign key that is looked at when the transaction ends. */
const FAILS_AT_END = [
  'CREATE TABLE _os_fault (id TEXT PRIMARY KEY, other TEXT REFERENCES _os_fault(id) DEFERRABLE INITIALLY DEFERRED)',
  `INSERT INTO _os_fault VALUES ('a', 'b')`,
].map((sql) => ({ sql }));

let faults = 0;
afterAll(() => console.info(`${faults} faults were put into migrations.`));

const unreachable = (outcome: 'none' | 'unknown') =>
  new ObjectStackError({ code: 'database_unreachable', message: 'Nothing answers.', details: { outcome } });

/** Outcome of the plan when its transaction is changed. */
function outcomeOf(
  driver: IDataDriver,
  { plan, options }: RichPlan,
  fault: (write: AtomicWrite) => ReturnType<AtomicWrite['run']> = ({ run }) => run(),
): Promise<string> {
  faults++;
  return applyMigrations(wrappedDriver(driver, fault), plan, { ...options, deploymentId: 'mine' }).then(
    ({ outcome, deploymentId }) => `${outcome} as ${deploymentId}`,
    (error) => error.code,
  );
}

/** The statements that the plan would run, found out by a failure before any effect. */
async function statementsOf(driver: IDataDriver, prepared: RichPlan): Promise<AtomicWrite['statements']> {
  let seen: AtomicWrite['statements'] = [];
  const outcome = await outcomeOf(driver, prepared, ({ statements }) => {
    seen = statements;
    throw unreachable('none');
  });
  expect(outcome).toBe('database_unreachable');
  return seen;
}

async function expectApplied(driver: IDataDriver, { plan }: RichPlan): Promise<void> {
  expect(await introspect(driver)).toMatchObject({
    schemaHash: plan.targetSchemaHash,
    planHash: plan.planHash,
    deploymentId: 'mine',
  });
  expect(
    await driver.count('_os_deployment', { where: { plan_hash: plan.planHash } }, { system: true }),
  ).toBe(1);
  expect(await faultsIn(driver)).toEqual([]);
}

describe.each(places)('a migration on $name', ({ name: place, open }) => {
  const plans = place === 'a server' ? SOME_PLANS : RICH_PLANS;

  it.each(plans)('changes nothing when it fails at any statement: %s', async (name) => {
    const driver = await open();
    const prepared = await prepareRichPlan(driver, name);
    const before = await wholeState(driver);
    const statements = await statementsOf(driver, prepared);
    expect(await wholeState(driver)).toEqual(before);
    expect(statements.length).toBeGreaterThan(prepared.plan.statements.length + 5);
    const step = STEPS[place] ?? 1;
    for (
      let at = IS_EXHAUSTIVE ? 0 : SEED % Math.min(step, statements.length);
      at <= statements.length;
      at += step
    ) {
      const changed = [...statements.slice(0, at), FAILS, ...statements.slice(at)];
      expect(await outcomeOf(driver, prepared, ({ run }) => run(changed)), `${at}`).toBe('plan_stale');
      expect(await wholeState(driver), `${at}`).toEqual(before);
    }
    const isEnforced = prepared.plan.statements.every(({ kind }) => !/^(rebuild|drop)_table$/.test(kind));
    if (isEnforced) {
      const changed = [...statements, ...FAILS_AT_END];
      expect(await outcomeOf(driver, prepared, ({ run }) => run(changed))).toBe('foreign_key_violation');
      expect(await wholeState(driver)).toEqual(before);
    }
    expect(await outcomeOf(driver, prepared)).toBe('applied as mine');
    await expectApplied(driver, prepared);
  });

  it.each(plans)('is recognized when its response is lost: %s', async (name) => {
    const driver = await open();
    const prepared = await prepareRichPlan(driver, name);
    const lost = await outcomeOf(driver, prepared, async ({ run }) => {
      await run();
      throw unreachable('unknown');
    });
    expect(lost).toBe('already_applied as mine');
    await expectApplied(driver, prepared);
    const after = await wholeState(driver);
    expect(await outcomeOf(driver, prepared)).toBe('already_applied as mine');
    expect(await wholeState(driver)).toEqual(after);
  });
});

describe('a migration with a failing network', () => {
  const open = places.at(-1)?.open as () => Promise<IDataDriver>;

  it.each(SOME_PLANS)('is recognized when the network loses the response: %s', async (name) => {
    const driver = await open();
    const prepared = await prepareRichPlan(driver, name);
    const lost = await outcomeOf(driver, prepared, ({ run }) => {
      server().inject({ kind: 'lose-answer', times: 1 });
      return run();
    });
    expect(lost).toBe('already_applied as mine');
    await expectApplied(driver, prepared);
  });

  it.each(['lose-answer', 'answer'] as const)(
    'can be repeated after the network failed: %s',
    async (kind) => {
      const driver = await open();
      const prepared = await prepareRichPlan(driver, 'everything at once');
      const before = await wholeState(driver);
      const dead = await outcomeOf(driver, prepared, ({ run }) => {
        server().inject({ kind, status: 503, times: 50, retryAfter: '0' });
        return run();
      });
      server().inject({ kind, status: 503, times: 0 });
      expect(dead).toBe('database_unreachable');
      if (kind === 'answer') expect(await wholeState(driver)).toEqual(before);
      const again = kind === 'answer' ? 'applied as mine' : 'already_applied as mine';
      expect(await outcomeOf(driver, prepared)).toBe(again);
      await expectApplied(driver, prepared);
    },
  );
});
