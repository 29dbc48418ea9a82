import { describe, expect, it } from 'vitest';
import { jsonErrorPlace } from './json-error-place.js';

const VALID = '{"a": [1, -2.5e3, true, null, {}, []],\n "b\\u0041": {"c": "x\\n"}, "": false}\n';
const CHARACTERS = ['{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', 'e', 't', '\n', '\u0000', ''];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('jsonErrorPlace', () => {
  it.each([
    ['', 1, 1],
    ['{"a": }', 1, 7],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{"a" 1}', 1, 6],
    ['[1 2]', 1, 4],
    ['{"a": 1} x', 1, 10],
    ['["a\nb"]', 1, 4],
    ['{"a": "b', 1, 9],
    ["{'a': 1}", 1, 2],
    ['[01]', 1, 3],
    ['[nul]', 1, 2],
  ])('finds the first invalid character of %j', (text, line, column) => {
    expect(jsonErrorPlace(text)).toMatchObject({ line, column });
  });

  it('agrees with JSON.parse about every replaced, inserted and removed character', () => {
    expect(jsonErrorPlace(VALID)).toBeUndefined();
    let invalid = 0;
    for (let at = 0; at <= VALID.length; at++)
      for (const removed of [0, 1])
        for (const character of CHARACTERS) {
          const text = VALID.slice(0, at) + character + VALID.slice(at + removed);
          expect([text, jsonErrorPlace(text) === undefined]).toEqual([text, isJson(text)]);
          if (!isJson(text)) invalid += 1;
        }
    expect(invalid).toBeGreaterThan(500);
  });

  it('reads deep nesting without recursion', () => {
    expect(jsonErrorPlace('['.repeat(1_000_000))).toMatchObject({ line: 1, column: 1_000_001 });
  });
});
