import type { ObjectDefinition } from '@objectstack/spec/data';
import { type Random, randomFrom } from '@objectstack/testing';
import { expect } from 'vitest';
import { readCurrentSchema } from '../../src/schema/read-current-schema.js';
import { planFor } from '../database.js';
import { fill, randomChange } from '../random-changes.js';
import type { OpenSubject } from '../subject.js';
import { rowsBy } from '../table-rows.js';
import type { Tally } from '../tally.js';

/** The objects without some fields, and without lookups to removed objects. */
function less(random: Random, before: readonly ObjectDefinition[]): ObjectDefinition[] {
  const kept = before.filter((_object, index) => index === 0 || random.chance(0.7));
  return kept.map((object) => {
    const fields = Object.entries(object.fields).filter(
      ([, { type }]) => type !== 'lookup' && random.chance(0.8),
    );
    return { ...object, fields: Object.fromEntries(fields) };
  });
}

function pairOf(random: Random) {
  const pair = randomChange(random, random.chance(0.4) ? 'removals' : undefined);
  return random.chance(0.3) ? { before: pair.before, after: less(random, pair.before) } : pair;
}

/**
 * Runs the statements of a plan and then their rollback statements in reverse order, and expects unchanged tables and
 * rows.
 */
export async function checkStatementsBack(open: OpenSubject, seed: number, tally: Tally): Promise<void> {
  const random = randomFrom(seed);
  const { before, after } = pairOf(random);
  const subject = await open(before);
  await fill(subject.driver, random, before);
  const { statements, reversible } = await planFor(subject.driver, after);
  expect(reversible).toBe(true);
  const base = {
    tables: (await readCurrentSchema(subject.driver)).tables,
    rows: await rowsBy(subject.read, before),
  };
  const forth = statements.filter(({ kind }) => kind !== 'assert' && kind !== 'check_references');
  const back = [...statements]
    .reverse()
    .flatMap((statement) => (statement.reversible ? statement.rollback : []));
  const error = await subject.driver.executeAtomic([...forth, ...back], { foreignKeys: 'off' }).then(
    () => null,
    (thrown) => thrown,
  );
  if (error) {
    expect(['not_null_violation', 'unique_violation'], error.stack).toContain(error.code);
    expect(error.details.statementIndex).toBeLessThan(forth.length);
    tally.add(error.code);
    return;
  }
  tally.add('undone', ...forth.map(({ kind }) => kind));
  expect({
    tables: (await readCurrentSchema(subject.driver)).tables,
    rows: await rowsBy(subject.read, before),
  }).toEqual(base);
}
