import { describe, expect, it } from 'vitest';
import { locateInJson } from './locate-in-json.js';
import { parseYaml } from './parse-yaml.js';

const TEXT = ' {"a": [10, {"b/c": 1, "~": {}}],\n "": {"\\u0061": null}, "x": []}';
const LIMITS = { maxDepth: 9, maxNodes: 99, maxKeys: 9 };

const CASES: [pointer: string, start: string][] = [
  ['', '{"a": ['],
  ['/a', '"a": ['],
  ['/a/0', '10, '],
  ['/a/1', '{"b/c"'],
  ['/a/1/b~1c', '"b/c"'],
  ['/a/1/~0', '"~"'],
  ['/a/1/missing', '{"b/c"'],
  ['/a/7', '"a": ['],
  ['/', '"": {'],
  ['//a', '"\\u0061"'],
  ['/x/0/y', '"x": []'],
  ['/missing/x', '{"a": ['],
];

describe('locateInJson', () => {
  it.each(CASES)('finds %j', (pointer, start) => {
    const offset = locateInJson(TEXT, [pointer]).get(pointer) ?? -1;
    expect(TEXT.slice(offset, offset + start.length)).toBe(start);
  });

  it('finds many at once, like the locator of YAML', () => {
    const pointers = CASES.map(([pointer]) => pointer);
    const found = locateInJson(TEXT, pointers);
    expect(found.size).toBe(CASES.length);
    expect(parseYaml(TEXT, LIMITS).locate(pointers)).toEqual(found);
  });
});
