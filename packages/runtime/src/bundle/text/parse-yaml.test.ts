import { ObjectStackError } from '@objectstack/spec/shared';
import { BUNDLE_LIMITS } from '@objectstack/spec/system';
import { times } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { parseYaml } from './parse-yaml.js';

const SMALL = { maxDepth: 4, maxNodes: 10, maxKeys: 3 };

function faultOf(text: string, limits: Parameters<typeof parseYaml>[1] = BUNDLE_LIMITS): string {
  try {
    parseYaml(text, limits);
    return 'none';
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const { issues, limit, path } = error.details as {
      issues?: { code: string; line?: number; column?: number }[];
      limit?: string;
      path: string;
    };
    const [issue] = issues ?? [];
    expect(error.message).not.toContain('secret');
    return issue ? `${issue.code} ${path} ${issue.line}:${issue.column}` : `${limit} ${path}`.trim();
  }
}

describe('parseYaml', () => {
  it('reads what JSON can express', () => {
    const text = `
# A comment
text: plain text
quoted: "a \\u00e9\\n"
single: 'it''s'
folded: >-
  one
  two
lines: |
  one
  two
number: -1.50
big: 1e3
yes: yes
no: [true, False, null, ~]
date: 2026-01-31
time: 2026-01-31T12:00:00Z
time_of_day: 12:30:45
version: 1.2.3
1: one
list:
- a
- b: 1
  c: {d: [e, "f"]}
empty:
anchored: &name value
`;
    expect(parseYaml(text, BUNDLE_LIMITS).value).toEqual({
      1: 'one',
      text: 'plain text',
      quoted: 'a é\n',
      single: "it's",
      folded: 'one two',
      lines: 'one\ntwo\n',
      number: -1.5,
      big: 1000,
      yes: 'yes',
      no: [true, false, null, null],
      date: '2026-01-31',
      time: '2026-01-31T12:00:00Z',
      time_of_day: '12:30:45',
      version: '1.2.3',
      list: ['a', { b: 1, c: { d: ['e', 'f'] } }],
      empty: null,
      anchored: 'value',
    });
  });

  it.each(['{"a":[1,-0.5e3,true,null,"\\u00e9"]}', '[]', '"a"', '7', 'null'])(
    'reads the JSON text %s',
    (text) => {
      expect(parseYaml(text, BUNDLE_LIMITS).value).toEqual(JSON.parse(text));
    },
  );

  it.each([
    ['a tag of a text', 'a: !!binary c2VjcmV0', 'not_yaml /a 1:13'],
    ['a tag of a program', 'a: !!js/function "secret"', 'not_yaml /a 1:18'],
    ['a tag of an object', '!secret {a: 1}', 'not_yaml  1:9'],
    ['a tag of a key', '!!str a: 1', 'not_yaml  1:7'],
    ['an alias', 'a: &x [secret]\nb: *x', 'not_yaml /b 2:4'],
    ['an unknown alias', 'b: *secret', 'not_yaml /b 1:4'],
    ['a merge key', 'a: &x {b: 1}\nc:\n  <<: *x', 'not_yaml /c/<< 3:7'],
    ['two documents', 'a: 1\n---\nb: 1', 'not_yaml  2:1'],
    ['a directive', '%YAML 1.1\n---\na: yes', 'not_yaml  1:1'],
    ['a key that occurs twice', 'a: 1\nb: 2\n"a": 3', 'duplicate_name /a 3:1'],
    ['__proto__', 'a:\n  __proto__: {b: 1}', 'unsafe_key /a/__proto__ 2:3'],
    ['a list as a key', '? [a]\n: 1', 'not_yaml  1:3'],
    ['no key', ': 1', 'not_yaml  1:1'],
    ['an octal number', 'zip: 012', 'not_yaml /zip 1:6'],
    ['a hexadecimal number', 'a: 0x1F', 'not_yaml /a 1:4'],
    ['infinity', 'a: .inf', 'not_yaml /a 1:4'],
    ['a number with a plus sign', 'a: +1', 'not_yaml /a 1:4'],
    ['an integer beyond 2^53', 'a: 9007199254740993', 'inexact_number /a 1:4'],
    ['a number beyond doubles', 'a: 1e999', 'inexact_number /a 1:4'],
    ['a tab as indentation', 'a:\n\tb: secret', 'not_yaml  2:1'],
    ['wrong indentation', 'a:\n    b: 1\n  c: secret', 'not_yaml  3:1'],
    ['an open bracket', 'a: [1, 2', 'not_yaml  1:9'],
    ['an open quote', 'a: "secret', 'not_yaml  1:11'],
    ['a missing colon', 'a: 1\nsecret\nb: 2', 'not_yaml  2:1'],
    ['an unknown escape', 'a: "\\q"', 'not_yaml  1:5'],
    ['a character that starts nothing', 'a: @secret', 'not_yaml  1:4'],
  ])('rejects %s', (_what, text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each([
    ['brackets', '[[[[[]]]]]', 'maxDepth'],
    ['braces', '{a: {a: {a: {a: {a: 1}}}}}', 'maxDepth'],
    ['dashes', '- - - - - a', 'maxDepth'],
    ['indentation', 'a:\n b:\n  c:\n   d:\n    e: 1', 'maxDepth'],
    ['values of a list', `[${'a, '.repeat(11)}]`, 'maxNodes'],
    ['items without a value', '-\n'.repeat(11), 'maxNodes'],
    ['keys', 'a: 1\nb: 1\nc: 1\nd: 1', 'maxKeys /d'],
  ])('refuses too many %s', (_what, text, fault) => {
    expect(faultOf(text, SMALL)).toBe(fault);
  });

  it('accepts values at the limits', () => {
    expect(faultOf('a:\n b:\n  c:\n   d: 1', SMALL)).toBe('none');
    expect(faultOf('[[[[]]]]', SMALL)).toBe('none');
    expect(faultOf(`[${'a, '.repeat(9)}]`, SMALL)).toBe('none');
    expect(faultOf('a: 1\nb: 1\nc: 1', SMALL)).toBe('none');
  });

  it.each([
    '[',
    '{',
    '- ',
    '? ',
    ': ',
    '"',
    "'\n",
    '&a ',
    '!a ',
    '*a ',
    '---\n',
    '--- a\n',
    '%A\n',
    '? a\n',
    '[a: ',
    'a: ',
    '{a: [',
    '|\n',
    '#\n',
    '\t',
  ])('answers a long text of %j with a typed error or a value', (part) => {
    const text = part.repeat(times(40_000));
    expect(faultOf(text)).toMatch(/^(?:none|maxDepth|maxNodes|maxKeys.*|not_yaml .*|duplicate_name .*)$/);
  });
});
