import { describe, expect, it } from 'vitest';
import { evaluateExpression } from './evaluate-expression.js';
import { EXPRESSION_LIMITS } from './expression-limits.js';

const now = '2026-03-31T08:09:10.123Z';
const TEN = '[1,2,3,4,5,6,7,8,9,10]';
const at = (text: string) => new Date(text);
const evaluate = (source: string, variables?: Record<string, unknown>) =>
  evaluateExpression(source, { now, ...(variables && { variables }) });

describe('evaluateExpression', () => {
  it.each<[string, unknown]>([
    ['1 + 2', 3],
    ['7 / 2', 3],
    ['7.0 / 2.0', 3.5],
    ['"a" + "b"', 'ab'],
    ['1 < 2 ? "yes" : "no"', 'yes'],
    ['[1, "a", true, null]', [1, 'a', true, null]],
    ['{"a": [1u]}', { a: [1] }],
    ['null', null],
    ['now()', at(now)],
    ['today()', at('2026-03-31T00:00:00.000Z')],
    ['daysAgo(31)', at('2026-02-28T08:09:10.123Z')],
    ['daysFromNow(1)', at('2026-04-01T08:09:10.123Z')],
    ['daysFromNow(-1) == daysAgo(1)', true],
    ['hoursAgo(9)', at('2026-03-30T23:09:10.123Z')],
    ['hoursFromNow(24) == daysFromNow(1)', true],
    ['addDays(today(), 7)', at('2026-04-07T00:00:00.000Z')],
    ['addMonths(today(), 1)', at('2026-04-30T00:00:00.000Z')],
    ['addMonths(today(), -1)', at('2026-02-28T00:00:00.000Z')],
    ['addMonths(today(), 11)', at('2027-02-28T00:00:00.000Z')],
    ['daysBetween(daysAgo(10), now())', 10],
    ['daysBetween(now(), today())', 0],
    ['now() - duration("24h") == daysAgo(1)', true],
    ['string(today())', '2026-03-31T00:00:00.000Z'],
    ['int(timestamp("1970-01-01T00:01:00Z"))', 60],
    ['now().getFullYear() + now().getMonth()', 2028],
    ['isBlank(null) && isBlank(" ") && isBlank([])', true],
    ['isBlank(0) || isBlank("a") || isBlank(false)', false],
    ['coalesce(null, "b")', 'b'],
    ['coalesce("a", "b")', 'a'],
    ['[1, 2, 3].filter(n, n > 1).map(n, n * 2)', [4, 6]],
    ['[1, 2].all(n, n > 0) && [1, 2].exists(n, n == 2) && [1, 2].exists_one(n, n == 2)', true],
    ['cel.bind(n, 2, n * n)', 4],
    ['"a,b".split(",").join("-").upperAscii()', 'A-B'],
    ['type(1) == int', true],
    ['"été".size()', 3],
  ])('of %s is %j', (source, value) => {
    expect(evaluate(source)).toEqual({ value });
  });

  it('reads the variables of its scope', () => {
    const variables = { user: { id: 'u1', tags: ['a'], age: 30n, rate: 0.5, since: at(now), boss: null } };
    expect(evaluate('user.id + user.tags[0]', variables)).toEqual({ value: 'u1a' });
    expect(evaluate('user.age + 1', variables)).toEqual({ value: 31 });
    expect(evaluate('user.rate * 2.0', variables)).toEqual({ value: 1 });
    expect(evaluate('has(user.id) && !has(user.name)', variables)).toEqual({ value: true });
    expect(evaluate('user.since == now() && user.boss == null', variables)).toEqual({ value: true });
  });

  it.each<[string, string]>([
    ['', 'invalid_syntax'],
    ['1 +', 'invalid_syntax'],
    ['today(', 'invalid_syntax'],
    ['let x = 1', 'invalid_syntax'],
    ['todday()', 'unknown_function'],
    ['daysAgo()', 'unknown_function'],
    ['"a".matches("(a+)+$")', 'unknown_function'],
    ['matches("a", "a")', 'unknown_function'],
    ['b"{}".json()', 'unknown_function'],
    ['now().getDayOfYear()', 'unknown_function'],
    ['now().getHours("Europe/Paris")', 'unknown_function'],
    ['constructor()', 'unknown_function'],
    ['[1].map(n, fetch(n))', 'unknown_function'],
    ['user.id', 'unknown_variable'],
    ['[1].map(n, m)', 'unknown_variable'],
    ['[1].map(n, n).size() + n', 'unknown_variable'],
    ['cel.bind(n, n, 1)', 'unknown_variable'],
    ['globalThis', 'unknown_variable'],
    ['__proto__', 'invalid_syntax'],
    ['{"a": 1}.b', 'unknown_variable'],
    ['{"a": 1}.constructor', 'unknown_variable'],
    ['{"a": 1}["__proto__"]', 'unknown_variable'],
    ['1 + "a"', 'type_mismatch'],
    ['daysAgo("7")', 'type_mismatch'],
    ['daysAgo(7.5)', 'type_mismatch'],
    ['"a".length', 'type_mismatch'],
    ['true ? 1 : "a"', 'type_mismatch'],
    ['1 / 0', 'failed'],
    ['9223372036854775807 + 1', 'failed'],
    ['int("secret")', 'failed'],
    ['daysFromNow(9223372036854775807)', 'failed'],
    ['addMonths(now(), 1000000)', 'failed'],
    ['[1][2]', 'failed'],
    ['timestamp("9999-12-31T23:59:59Z") + duration("9999999999h")', 'failed'],
    ['int', 'failed'],
    ['duration("1h")', 'failed'],
    ['b"a"', 'failed'],
    ['0.0 / 0.0', 'failed'],
    ['9007199254740993', 'failed'],
  ])('of %s is the problem %s', (source, code) => {
    expect(evaluate(source)).toMatchObject({ problem: { code } });
  });

  it.each<[string, string, string]>([
    ['a long source', `"${'a'.repeat(EXPRESSION_LIMITS.maxSourceLength)}"`, 'too_large'],
    ['many nodes', `1${' + 1'.repeat(300)}`, 'too_large'],
    ['many levels', `${'('.repeat(100)}1${')'.repeat(100)}`, 'too_large'],
    ['many items', `[${Array(65).fill('1').join()}]`, 'too_large'],
    ['many arguments', `f(${Array(9).fill('1').join()})`, 'too_large'],
    [
      'many repetitions',
      [...'abcdef'].reduce((body, n) => `${TEN}.map(${n}, ${body})`, '1'),
      'too_expensive',
    ],
    ['many digits of a duration', `duration("${'1'.repeat(400)}")`, 'too_expensive'],
  ])('refuses %s', (_what, source, code) => {
    expect(evaluate(source)).toMatchObject({ problem: { code } });
  });

  it('names functions and variables in its problems, but no values', () => {
    expect(evaluate('f(1) + g(2)')).toMatchObject({
      problem: { message: 'calls a function that is not available: f, g' },
    });
    expect(evaluate('record.name')).toMatchObject({
      problem: { message: 'uses a variable that is not available: record' },
    });
    const secret = evaluate('int(user.id)', { user: { id: 'secret' } });
    expect(JSON.stringify(secret)).not.toContain('secret');
  });

  it('has no access to inherited properties of its variables', () => {
    const variables = { user: Object.create({ id: 'inherited' }) };
    for (const name of ['id', 'constructor', '__proto__', 'toString'])
      expect(evaluate(`user.${name}`, variables)).toMatchObject({ problem: { code: 'unknown_variable' } });
  });

  it.each([
    ['a long list', 'items.map(n, items.map(m, n))', Array(1_000).fill('a')],
    ['a long text', 'items.split("").map(n, n)', 'a'.repeat(1_000_000)],
    ['a search in a long text', 'items.contains(items)', 'a'.repeat(100_000)],
  ])('does not start with %s', (_what, source, items) => {
    expect(evaluate(source, { items })).toMatchObject({ problem: { code: 'too_expensive' } });
    expect(evaluate(source, { items: items.slice(0, 3) })).toHaveProperty('value');
  });

  it('refuses a cyclic variable', () => {
    const items: unknown[] = [];
    items.push(items, items);
    expect(evaluate('items.size()', { items })).toMatchObject({ problem: { code: 'too_expensive' } });
  });

  it('gives the same value for the same scope', () => {
    const values = ['now()', 'today()'].map((source) => [evaluate(source), evaluate(source)]);
    for (const [first, second] of values) expect(first).toEqual(second);
    const later = evaluateExpression('now()', { now: '2027-01-01T00:00:00.000Z' });
    expect(later).toEqual({ value: at('2027-01-01T00:00:00.000Z') });
  });

  it('remembers a limited number of expressions', () => {
    for (let n = 0; n < 1_200; n++) expect(evaluate(`${n} + 1`)).toEqual({ value: n + 1 });
    expect(evaluate('0 + 1')).toEqual({ value: 1 });
  });
});
