import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, introspect, planRollback, runPreflight } = createSqliteSchemaDiff();

type Facts = Record<string, unknown>;
const account = object('account', { name: { type: 'text' } });
const numbers = { type: 'number', multiple: true };
const list = (type: string): Facts => ({ type, multiple: true });

/** Types whose conversion from or to a list of numbers nests deepest, each with a value. */
const OTHERS: readonly [Facts, unknown][] = [
  [{ type: 'json' }, [5]],
  [{ type: 'tags' }, ['5']],
  [{ type: 'lookup', reference: 'account' }, '5'],
  [{ ...list('lookup'), reference: 'account' }, ['5']],
  [list('text'), ['5']],
  [list('date'), ['2026-01-31']],
];
const RULES: readonly [string, (value: unknown) => Facts][] = [
  ['is required', (backfill) => ({ required: true, backfill })],
  [
    'is required and NOT NULL',
    (value) => ({ required: true, storage: { notNull: true }, defaultValue: value }),
  ],
];
const PAIRS = OTHERS.flatMap(([facts, value]) => [
  [facts, value, numbers, [5]] as const,
  [numbers, [5], facts, value] as const,
]);
/** One of so many in each direction unless tests are exhaustive. */
const EVERY = 5;
const nameOf = ({ type, multiple }: Facts) => `${multiple ? 'a list of ' : ''}${type}`;

describe.each(RULES)('a field that %s from now on', (rule, rules) => {
  const offset = RULES.findIndex(([name]) => name === rule);
  const sample = PAIRS.filter((_, index) => isSampled(index + offset, EVERY));

  it.each(sample.map((pair) => [nameOf(pair[0]), nameOf(pair[2]), ...pair] as const))(
    'is retyped from %s to %s, rolled back and redone',
    async (_from, _to, from, value, to, becomes) => {
      const { driver } = await freshDatabase([account, object('thing', { a: from })]);
      await driver.create('account', { id: '5' });
      await driver.create('thing', { id: 't', a: value }, { system: true });
      const read = async () => (await driver.execute('SELECT id, a, rowid AS r FROM thing')).rows;
      const base = await read();
      const plan = await planFor(driver, [account, object('thing', { a: { ...to, ...rules(becomes) } })]);
      await applyMigrations(driver, plan, { allow: losses(plan) });
      const done = await read();
      for (const expected of [base, done]) {
        const { deploymentId } = await introspect(driver);
        const back = await planRollback(driver, { deploymentId: deploymentId ?? '' });
        expect((await runPreflight(driver, back)).map(({ rows }) => rows).join('')).toMatch(/^0*$/);
        await applyMigrations(driver, back, { allow: losses(back) });
        expect(await read()).toEqual(expected);
      }
      expect(await faultsIn(driver)).toEqual([]);
    },
  );
});
