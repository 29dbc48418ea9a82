import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { choice, lookup, notNull, number, text, thing } from '../change-case.js';
import { freshDatabase, object, planFor } from '../database.js';
import { weakeningChanges } from '../weakening-changes.js';

const { applyMigrations, lint } = createSqliteSchemaDiff();
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
    ['a limit of numbers', thing({ a: { ...number, max: 9 } }), thing({ a: number }), 'WI404'],
    ['a lower limit of numbers', thing({ a: { ...number, min: 0 } }), thing({ a: number }), 'WI404'],
    ['a limit of texts', thing({ a: { ...text, maxLength: 9 } }), thing({ a: text }), 'WI404'],
    [
      'a shortest text',
      thing({ a: { ...text, minLength: 2 } }),
      thing({ a: { ...text, minLength: 0 } }),
      'WI404',
    ],
    [
      'a limit where one text becomes several',
      thing({ a: { ...text, maxLength: 9 } }),
      thing({ a: { ...text, maxLength: 9, multiple: true } }),
      'BC303',
    ],
    [
      'options of a choice that becomes text',
      thing({ a: choice('select', 'x') }),
      thing({ a: text }),
      'WI404',
    ],
    [
      'options of a choice that stays one',
      thing({ a: choice('radio', 'x') }),
      thing({ a: { type: 'radio' } }),
      'WI404',
    ],
    [
      'options of several choices',
      thing({ a: choice('multiselect', 'x') }),
      thing({ a: { type: 'tags' } }),
      'WI404',
    ],
    ['the form of an address', thing({ a: { type: 'email' } }), thing({ a: text }), 'WI404'],
    [
      'a limit of numbers that become texts',
      thing({ a: { ...number, max: 9 } }),
      thing({ a: text }),
      'BC303',
    ],
    [
      'a limit, while another becomes stricter',
      thing({ a: { ...number, max: 9 } }),
      thing({ a: { ...number, min: 1 } }),
      'DD203',
    ],
    [
      'a limit of a field that is renamed',
      thing({ b: { ...number, max: 9 } }),
      thing({ a: { ...number, renamedFrom: 'b' } }),
      'WI404',
    ],
    [
      'a limit of a field that becomes required',
      thing({ a: { ...text, maxLength: 9 } }),
      thing({ a: { ...text, required: true } }),
      'DD201',
    ],
    [
      'a required field whose values may not fit',
      thing({ a: { ...text, required: true } }),
      thing({ a: number }),
      'DS103',
    ],
    ['a NOT NULL column', thing({ a: { ...text, ...notNull } }), thing({ a: text }), 'WI403'],
  ])('is refused without approval and deploys with it: %s', async (_what, before, after, code) => {
    const { driver } = await freshDatabase([account, ...before]);
    const plan = await planFor(driver, [account, ...after]);
    const changes = weakeningChanges(plan);
    const found = [...plan.diff.fields, ...plan.diff.indexes].filter(({ id }) => changes.includes(id));
    expect(found.map((change) => change.code)).toEqual([code]);
    const refusal = {
      code: 'destructive_not_allowed',
      message: expect.stringContaining(
        `These changes weaken integrity; approve each by its id in allow: ${changes[0]}.`,
      ),
      details: { changes },
    };
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject(refusal);
    const [definition] = after;
    await expect(driver.syncSchema('thing', definition ?? account)).rejects.toMatchObject(refusal);
    expect(await applyMigrations(driver, plan, { allow: changes })).toMatchObject({ outcome: 'applied' });
  });

  it.each([
    ['a unique index gives way to a stricter one', withIndex(['a', 'b']), withIndex(['a'])],
    [
      'uniqueness becomes case-insensitive',
      thing({ a: unique }),
      thing({ a: { ...unique, caseSensitive: false } }),
    ],
    ['a limit is another', thing({ a: { ...number, max: 10 } }), thing({ a: { ...number, max: 20 } })],
    [
      'there is one more option',
      thing({ a: choice('select', 'x') }),
      thing({ a: choice('select', 'x', 'y') }),
    ],
    ['a form gives way to another', thing({ a: { type: 'email' } }), thing({ a: { type: 'url' } })],
    ['texts that were limited become numbers', thing({ a: { ...text, maxLength: 9 } }), thing({ a: number })],
    [
      'numbers that were limited become booleans',
      thing({ a: { ...number, max: 1 } }),
      thing({ a: { type: 'boolean' } }),
    ],
    ['a limit was of no use', thing({ a: { ...number, maxLength: 9 } }), thing({ a: number })],
    ['the limited field is removed', thing({ a: { ...text, maxLength: 9 }, b: text }), thing({ b: text })],
    [
      'the limited field is computed',
      thing({ a: { ...text, maxLength: 9 }, b: text }),
      thing({ a: { type: 'formula' }, b: text }),
    ],
    ['the unique field is removed', thing({ a: unique, b: text }), thing({ b: text })],
  ])('is none where %s', async (_what, before, after) => {
    const { driver } = await freshDatabase(before);
    expect(weakeningChanges(await planFor(driver, after))).toEqual([]);
  });

  it('is none where a choice becomes a lookup, which holds nothing but ids', async () => {
    const { driver } = await freshDatabase([account, ...thing({ a: choice('select', 'x') })]);
    const plan = await planFor(driver, [account, ...thing({ a: lookup('account') })]);
    expect(weakeningChanges(plan)).toEqual([]);
  });

  it('says in the diff and the findings what else the change means', async () => {
    const [before, after] = [thing({ a: { ...text, required: true } }), thing({ a: number })];
    const { driver } = await freshDatabase(before);
    await driver.create('thing', { a: 'many' });
    const plan = await planFor(driver, after);
    const [change] = plan.diff.fields;
    expect(change).toMatchObject({ risk: 'weakens_integrity', code: 'DS103', weakens: ['WI403'] });
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
      message: expect.stringContaining('also discards values that do not fit'),
    });
    expect(lint({ objects: before }, { objects: after })).toMatchObject([
      { code: 'WI403', risk: 'weakens_integrity' },
      { code: 'DS103', risk: 'may_fail' },
    ]);
  });

  it('lists every rule that a field loses', async () => {
    const { driver } = await freshDatabase([
      account,
      ...thing({ a: lookup('account', { required: true, maxLength: 9 }) }),
    ]);
    const plan = await planFor(driver, [account, ...thing({ a: text })]);
    expect(plan.diff.fields).toMatchObject([{ code: 'WI401', weakens: ['WI401', 'WI403', 'WI404'] }]);
  });

  it('is none where the target is removed, which needs approval itself', async () => {
    const before = thing({ a: lookup('account') });
    const { driver } = await freshDatabase([account, ...before]);
    expect(weakeningChanges(await planFor(driver, before))).toEqual([]);
  });
});
