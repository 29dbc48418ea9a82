import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { scanJson } from './scan-json.js';

const LIMITS = { maxDepth: 4, maxNodes: 10, maxKeys: 100 };
const WIDE = { maxDepth: 100_000, maxNodes: 100_000, maxKeys: 100 };

function faultOf(text: string, limits = LIMITS) {
  try {
    scanJson(text, limits);
    return 'none';
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const [issue] = (error.details.issues ?? []) as { code: string }[];
    return [error.code, ...(issue ? [issue.code] : []), error.details.path].join(' ');
  }
}

describe('scanJson', () => {
  it.each([
    'null',
    ' {"a" : [ 1, -0.5e+3 , true, false ] }\r\n\t',
    '"\\u00e9\\n\\\\ \\" é"',
    '[[[[]]]]',
    '{"constructor":1,"prototype":{"toString":null}}',
    '{"a":{"a":1},"b":{"a":1}}',
  ])('accepts %s', (text) => {
    expect(faultOf(text)).toBe('none');
    expect(JSON.parse(text)).toBeDefined();
  });

  it.each([
    '',
    ' ',
    '{',
    '[',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '{a:1}',
    '[1,]',
    '[1 2]',
    '[,1]',
    '{"a":1]',
    '[}',
    ']',
    '1 2',
    '{} {}',
    '01',
    '+1',
    '1.',
    '.5',
    '0x1',
    'NaN',
    'tru',
    "'a'",
    '"a',
    '"\n"',
    '"\\x"',
    '"\\u12"',
    '\u00a01',
    '{"a":1,,"b":2}',
    '{"a" 1}',
    '[1]]',
  ])('rejects %j, as JSON.parse does', (text) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(faultOf(text)).toMatch(/^invalid_bundle not_json/);
  });

  it('reports the position of a syntax error without the text', () => {
    const text = '{\n  "objects": [\n    {"name": secret}\n  ]\n}';
    expect(faultOf(text)).toBe('invalid_bundle not_json /objects/0/name');
    expect(() => scanJson(text, LIMITS)).toThrow('(at /objects/0/name, line 3, column 14)');
  });

  it.each([
    { text: '[[[[[]]]]]', fault: 'bundle_too_large /0/0/0/0' },
    { text: '{"a":{"b":{"c":{"d":{}}}}}', fault: 'bundle_too_large /a/b/c/d' },
    { text: `[${'0,'.repeat(9)}0]`, fault: 'bundle_too_large /9' },
    { text: '{"a":1,"a":2}', fault: 'invalid_bundle duplicate_name /a' },
    { text: '[{"a":{"b/c":1,"b\\/c":2}}]', fault: 'invalid_bundle duplicate_name /0/a/b~1c' },
    { text: '{"a":1,"\\u0061":2}', fault: 'invalid_bundle duplicate_name /a' },
    { text: '[{"__proto__":{}}]', fault: 'invalid_bundle unsafe_key /0/__proto__' },
    { text: '{"a":{"\\u005f_proto\\u005f_":1}}', fault: 'invalid_bundle unsafe_key /a/__proto__' },
  ])('refuses $text', ({ text, fault }) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each([
    {
      text: '{"a":[1,\n  9007199254740993]}',
      fault: 'invalid_bundle inexact_number /a/1',
      place: 'line 2, column 3',
    },
    { text: '1e400', fault: 'invalid_bundle inexact_number ', place: 'line 1, column 1' },
    {
      text: '{"a": -0.1234567890123456789 }',
      fault: 'invalid_bundle inexact_number /a',
      place: 'line 1, column 7',
    },
  ])('rejects $text, which a double cannot represent', ({ text, fault, place }) => {
    expect(faultOf(text)).toBe(fault);
    expect(() => scanJson(text, LIMITS)).toThrow(place);
    expect(() => scanJson(text, LIMITS)).not.toThrow('9007');
  });

  it.each(['[', '{"a":', '[['])('does not overflow the stack on 20,000 times %s', (opening) => {
    expect(faultOf(opening.repeat(20_000))).toMatch(/^bundle_too_large/);
    expect(faultOf(opening.repeat(20_000), WIDE)).toMatch(/^invalid_bundle not_json/);
  });
});
