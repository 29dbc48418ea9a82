import { checkValue, fieldValueModel } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object, planFor } from '../../../test/database.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const { applyMigrations, runPreflight } = createSqliteSchemaDiff();
const options = (...values: string[]) => ({ options: values.map((value) => ({ label: value, value })) });

const CASES: [string, Record<string, unknown>, Record<string, unknown>, unknown[], number][] = [
  ['too_long', { type: 'text' }, { type: 'text', maxLength: 2 }, ['ab', 'abc', '😀😀', null], 1],
  ['too_long', { type: 'text', maxLength: 9 }, { type: 'text', maxLength: 2 }, ['abc'], 1],
  ['too_short', { type: 'text' }, { type: 'text', minLength: 2 }, ['a', 'ab', null], 1],
  ['too_small', { type: 'number' }, { type: 'number', min: 5 }, [4, 5, null], 1],
  ['too_large', { type: 'number', max: 9 }, { type: 'number', max: 5 }, [6, 7, 5], 2],
  ['missing', { type: 'text' }, { type: 'text', required: true }, ['a', '', null], 2],
  ['missing', { type: 'tags' }, { type: 'tags', required: true }, [['a'], [], null], 2],
  ['missing', { type: 'json' }, { type: 'json', required: true }, ['', [], 0, null], 2],
  [
    'not_offered',
    { type: 'select', ...options('a', 'b') },
    { type: 'select', ...options('a', 'c') },
    ['a', 'b', null],
    1,
  ],
  ['not_offered', { type: 'text' }, { type: 'select', ...options("it's") }, ["it's", 'b'], 1],
  [
    'not_offered',
    { type: 'multiselect', ...options('a', 'b') },
    { type: 'multiselect', ...options('a') },
    [['a'], ['a', 'b'], [], null],
    1,
  ],
  ['malformed', { type: 'text' }, { type: 'url' }, ['http://a.b', 'HTTPS://x', 'ftp://x', 'x', '', null], 2],
  ['too_large', { type: 'text' }, { type: 'number', max: 5 }, ['6', '5'], 1],
];

describe('a rule that becomes stricter', () => {
  it.each(CASES)('%s: from %j to %j', async (kind, before, after, values, broken) => {
    const { driver } = await freshDatabase([object('thing', { a: before as { type: string } })]);
    for (const a of values) await driver.create('thing', { a });
    const plan = await planFor(driver, [object('thing', { a: after as { type: string } })]);
    const findings = await runPreflight(driver, plan);
    expect(findings.find(({ checkId }) => checkId === `${kind}:thing.a`)).toMatchObject({ rows: broken });
    const allow = kind === 'missing' ? ['change_field:thing.a'] : [];
    expect(await applyMigrations(driver, plan, { allow })).toMatchObject({ outcome: 'applied' });
    expect(await driver.count('thing')).toBe(values.length);
  });

  it.each([
    'a@b.co',
    "o'x@b-.c.org",
    'a@b',
    '.a@b.co',
    'a..b@c.de',
    "a'@b.co",
    'a@-b.co',
    'a@b.c',
    'a@b.co.1',
    'a b@c.de',
    'ä@b.co',
    'a@b@c.de',
    'a@b..co',
    '@b.co',
    'a@.co',
    '',
  ])('counts %j as an email address like a write does', async (a) => {
    const { driver } = await freshDatabase([object('thing', { a: { type: 'text' } })]);
    await driver.create('thing', { a });
    const email = { type: 'email' } as const;
    const [finding] = await runPreflight(driver, await planFor(driver, [object('thing', { a: email })]));
    expect(finding?.rows === 1).toBe(checkValue(fieldValueModel(email), a).includes('format'));
  });

  it.each([
    [
      { type: 'text', maxLength: 2 },
      { type: 'text', maxLength: 3 },
    ],
    [
      { type: 'number', min: 2 },
      { type: 'number', min: 1 },
    ],
    [
      { type: 'select', ...options('a') },
      { type: 'select', ...options('b', 'a') },
    ],
    [{ type: 'text' }, { type: 'text', label: 'A' }],
    [
      { type: 'text', multiple: true },
      { type: 'text', multiple: true, maxLength: 1 },
    ],
    [{ type: 'text' }, { type: 'text', max: 1 }],
    [{ type: 'number' }, { type: 'number', maxLength: 1 }],
  ])('is not found from %j to %j', async (before, after) => {
    const { driver } = await freshDatabase([object('thing', { a: before })]);
    const plan = await planFor(driver, [object('thing', { a: after })]);
    expect(plan.preflight).toEqual([]);
    expect(plan.diff.fields.map(({ code }) => code)).toEqual(['SF005']);
  });
});
