import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { copyPlainJson } from './copy-plain-json.js';
import { IssueLog } from './issue-log.js';

function findingsOf(value: unknown): string[] {
  const issues = new IssueLog();
  copyPlainJson(value, issues);
  return issues.toResult().issues.map(({ code, path }) => `${code} ${path}`);
}

function cycle() {
  const list: unknown[] = [];
  list.push({ left: list, right: list });
  return list;
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

/** Doubles in size with each level of sharing although it is small in memory. */
function bomb() {
  let value: unknown = 'x';
  for (let level = 0; level < 60; level += 1) value = { a: value, b: value };
  return value;
}

class Person {
  name = 'Ann';
}

const throwing = {
  get name(): string {
    throw new Error('secret');
  },
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('copyPlainJson', () => {
  it('copies every value that JSON can express', () => {
    const value = {
      a: [1, -0, 'é\u{1F600}', true, null, {}],
      constructor: { prototype: 1 },
      b: Object.create(null),
    };
    const copy = copyPlainJson(value, new IssueLog());
    expect(copy).toEqual({ a: [1, 0, 'é\u{1F600}', true, null, {}], constructor: { prototype: 1 }, b: {} });
    expect(copy).not.toBe(value);
    expect(findingsOf(value)).toEqual([]);
  });

  it('accepts plain objects of another realm', () => {
    expect(findingsOf(runInNewContext('({ a: [{}] })'))).toEqual([]);
  });

  it.each([
    { what: 'undefined', value: undefined },
    { what: 'a function', value: () => 1 },
    { what: 'a symbol', value: Symbol('a') },
    { what: 'a BigInt', value: 1n },
    { what: 'NaN', value: Number.NaN },
    { what: 'Infinity', value: Number.NEGATIVE_INFINITY },
    { what: 'a lone surrogate', value: 'a\ud800b' },
    { what: 'a date', value: new Date(0) },
    { what: 'a map', value: new Map() },
    { what: 'bytes', value: new Uint8Array(2) },
    { what: 'a boxed string', value: Object('a') },
    { what: 'an instance of a class', value: new Person() },
    { what: 'an object with an object as its prototype', value: Object.create({ a: 1 }) },
    { what: 'a revoked proxy', value: revoked.proxy },
  ])('rejects $what with its path', ({ value }) => {
    expect(findingsOf(value)).toEqual(['not_json ']);
    expect(findingsOf({ a: [0, value] })).toEqual(['not_json /a/1']);
  });

  it.each([
    { what: 'a cycle', value: cycle(), findings: ['not_json /0/left', 'not_json /0/right'] },
    { what: 'a getter that throws', value: { a: throwing }, findings: ['not_json /a/name'] },
    { what: 'holes', value: new Array(2), findings: ['not_json /0', 'not_json /1'] },
    {
      what: 'an own __proto__',
      value: JSON.parse('{"a":{"__proto__":{"b":1}}}'),
      findings: ['unsafe_key /a/__proto__'],
    },
    { what: 'a key with a lone surrogate', value: { '\udc00': 1 }, findings: ['not_json /\udc00'] },
    {
      what: 'more keys than one object may have',
      value: { a: Object.fromEntries(Array.from({ length: 50_001 }, (_, at) => [`k${at}`, at])) },
      findings: ['invalid_shape /a'],
    },
    { what: '65 levels', value: nested(65), findings: [`not_json ${'/0'.repeat(64)}`] },
  ])('reports $what with its path', ({ value, findings }) => {
    expect(findingsOf(value)).toEqual(findings);
  });

  it('takes 64 levels', () => {
    expect(findingsOf(nested(64))).toEqual([]);
  });

  it('stops at a small value that expands beyond the limits', () => {
    expect(findingsOf(bomb())).toEqual([expect.stringMatching(/^invalid_shape \/a\/a/)]);
    expect(findingsOf(new Array(4_000_000_000))).toContain('not_json /0');
    expect(findingsOf(Array(20).fill('x'.repeat(1_000_000)))).toEqual(['invalid_shape /10']);
  });

  it('reads every property exactly once', () => {
    let reads = 0;
    const value = {
      get a() {
        reads += 1;
        return reads;
      },
    };
    expect(copyPlainJson(value, new IssueLog())).toEqual({ a: 1 });
  });
});
