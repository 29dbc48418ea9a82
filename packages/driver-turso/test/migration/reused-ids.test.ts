import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';

const { applyMigrations, planRollback } = createSqliteSchemaDiff();
const text = { type: 'text' };
const number = { type: 'number' };
const withX = (x: object) => [object('thing', { name: text, x: { type: 'text', ...x } })];
const many = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`m${index}`, text]));

/** A deployment that retains the value `old` of the field `x`. */
interface Case {
  readonly what: string;
  readonly before: readonly ObjectDefinition[];
  readonly after: readonly ObjectDefinition[];
  /** Values of a record that is created afterwards. */
  readonly since?: object;
  /** Its value in the field `x` after the rollback. Default: none. */
  readonly restored?: string;
}

const CASES: readonly Case[] = [
  { what: 'a removed field', before: withX(text), after: [object('thing', { name: text })] },
  {
    what: 'one of many removed fields',
    before: [object('thing', { name: text, x: text, ...many })],
    after: [object('thing', { name: text })],
  },
  {
    what: 'a removed field whose object is renamed',
    before: withX(text),
    after: [object('item', { name: text }, { renamedFrom: 'thing' })],
  },
  {
    what: 'a value that does not fit the new type',
    before: withX(text),
    after: withX(number),
    since: { x: 7 },
    restored: '7',
  },
  {
    what: 'a value that a backfill replaced',
    before: withX(text),
    after: withX({ backfill: { values: { old: 'replaced' } } }),
    since: { x: 'replaced' },
    restored: 'replaced',
  },
];

describe('a record that was deleted and created again with the same id', () => {
  it.each(CASES)('does not receive what was retained of the deleted one: $what', async (each) => {
    const { before, after, since, restored = null } = each;
    const { driver } = await freshDatabase(before);
    for (const id of ['reused', 'same']) await driver.create('thing', { id, name: 'first', x: 'old' });
    await deploy(driver, after, { allow: losses(await planFor(driver, after)) });
    const name = after[0]?.name ?? '';
    await driver.delete(name, 'reused');
    await driver.create(name, { id: 'reused', name: 'second', ...since });
    const rollback = await planRollback(driver);
    await applyMigrations(driver, rollback, { allow: losses(rollback) });
    expect(await driver.find('thing', { orderBy: [{ field: 'id' }] })).toMatchObject([
      { id: 'reused', name: 'second', x: restored },
      { id: 'same', name: 'first', x: 'old' },
    ]);
  });
});
