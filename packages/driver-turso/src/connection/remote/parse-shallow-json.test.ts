import { describe, expect, it } from 'vitest';
import { parseShallowJson } from './parse-shallow-json.js';

const nested = (levels: number, inside = '') => '['.repeat(levels) + inside + ']'.repeat(levels);

describe('parseShallowJson', () => {
  it.each([
    { a: [{ b: null }, 'x', 1.5, true] },
    ['[[[[', '{"', '\\', '"', '\\"', '\\\\"[', ''],
    { '"[': '\\', ']}': nested(100) },
    Array.from({ length: 200 }, () => [{}]),
    JSON.parse(nested(64)),
  ])('parses %j', (value) => {
    expect(parseShallowJson(JSON.stringify(value))).toEqual(value);
    expect(parseShallowJson(JSON.stringify(value, null, 2))).toEqual(value);
  });

  it.each(['', '[', '"', '"\\', 'x', '{"a":1,}', nested(65), nested(65, '"]"'), '['.repeat(1_000_000)])(
    'returns nothing for %#',
    (text) => {
      expect(parseShallowJson(text)).toBeUndefined();
    },
  );
});
