import { describe, expect, it } from 'vitest';
import { lookup, notNull, text, thing } from '../../test/change-case.js';
import { freshDatabase, object, planFor } from '../../test/database.js';
import { weakeningChanges } from '../../test/weakening-changes.js';
import { createSqliteSchemaDiff } from './schema-diff-service.js';

const { applyMigrations } = createSqliteSchemaDiff();
const account = object('account', { name: text });
const unique = { ...text, unique: true };
const withIndex = (fields: string[]) => thing({ a: text, b: text }, { indexes: [{ fields, unique: true }] });

describe('a change that weakens integrity', () => {
  it.each([
    ['a typo in a reference', thing({ a: lookup('account') }), thing({ a: lookup('acount') }), 'WI401'],
    ['a lookup that becomes text', thing({ a: lookup('account') }), thing({ a: text }), 'WI401'],
    ['a unique field', thing({ a: unique }), thing({ a: text }), 'WI402'],
    ['a unique index over several fields', withIndex(['a', 'b']), thing({ a: text, b: text }), 'WI402'],
    ['a required field', thing({ a: { ...text, required: true } }), thing({ a: text }), 'WI403'],
    ['a NOT NULL column', thing({ a: { ...text, ...notNull } }), thing({ a: text }), 'WI403'],
  ])('is refused without approval and deploys with it: %s', async (_what, before, after, code) => {
    const { driver } = await freshDatabase([account, ...before]);
    const plan = await planFor(driver, [account, ...after]);
    const changes = weakeningChanges(plan);
    const found = [...plan.diff.fields, ...plan.diff.indexes].filter(({ id }) => changes.includes(id));
    expect(found.map((change) => change.code)).toEqual([code]);
    const refusal = {
      code: 'destructive_not_allowed',
      message: `Integrity would be weakened, which has to be allowed: ${changes[0]}.`,
      details: { changes },
    };
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject(refusal);
    const [definition] = after;
    await expect(driver.syncSchema('thing', definition ?? account)).rejects.toMatchObject(refusal);
    expect(await applyMigrations(driver, plan, { allow: changes })).toMatchObject({ outcome: 'applied' });
  });

  it.each([
    ['a unique index gives way to a stricter one', withIndex(['a', 'b']), withIndex(['a'])],
    ['capitals count no longer', thing({ a: unique }), thing({ a: { ...unique, caseSensitive: false } })],
    ['the unique field is removed', thing({ a: unique, b: text }), thing({ b: text })],
  ])('is none where %s', async (_what, before, after) => {
    const { driver } = await freshDatabase(before);
    expect(weakeningChanges(await planFor(driver, after))).toEqual([]);
  });

  it('is none where the target is removed, which needs approval itself', async () => {
    const before = thing({ a: lookup('account') });
    const { driver } = await freshDatabase([account, ...before]);
    expect(weakeningChanges(await planFor(driver, before))).toEqual([]);
  });
});
