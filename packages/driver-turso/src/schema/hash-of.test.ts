import canonicalize from 'canonicalize';
import { assert, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isSameJson } from './hash-of.js';

const backwards = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(backwards);
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, item]) => [key, backwards(item)]));
};

describe('canonicalJson', () => {
  it('writes RFC 8785 text, independent of the order of keys', () => {
    assert(
      property(jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
        expect(canonicalJson(backwards(value))).toBe(canonicalize(value));
        expect(isSameJson(backwards(value), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['NaN', Number.NaN],
    ['infinity', { a: [Number.POSITIVE_INFINITY] }],
    ['a BigInt', { a: 1n }],
    ['nothing', undefined],
    ['a high surrogate alone', { a: '\ud800' }],
    ['a low surrogate alone', ['\udfff a']],
    ['a lone surrogate after a backslash', '\\\ud800'],
    ['a lone surrogate in a key', { 'a\udc00': 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it('rejects a circular reference', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => canonicalJson(circle)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it.each(['\\ud800', '\\\\ud800', '\u{1f600}', 'a\\\u{1f600}'])('takes %j as it is', (value) => {
    expect(canonicalJson(value)).toBe(JSON.stringify(value));
  });
});
