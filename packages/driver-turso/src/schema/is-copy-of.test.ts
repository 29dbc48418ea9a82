import { describe, expect, it } from 'vitest';
import { isCopyOf } from './is-copy-of.js';

const parsed = (text: string) => JSON.parse(text) as unknown;
const throwing = Object.defineProperty({}, 'a', {
  enumerable: true,
  get() {
    throw new Error('unreadable');
  },
});
const circular: Record<string, unknown> = {};
circular.a = circular;
class Point {
  a = 1;
}

const SAME: [string, unknown][] = [
  ['1', 1],
  ['null', null],
  ['"a"', 'a'],
  ['0', -0],
  ['[]', []],
  ['{}', {}],
  ['{"a":[1,{"b":null}],"c":"d"}', { c: 'd', a: [1, { b: null }] }],
  ['{"a":1}', Object.assign(Object.create(null), { a: 1 })],
  ['{"a":1}', { a: 1, [Symbol('b')]: 2 }],
  ['{"__proto__":{"a":1}}', parsed('{"__proto__":{"a":1}}')],
];

const DIFFERENT: [string, unknown][] = [
  ['1', '1'],
  ['1', 2],
  ['null', undefined],
  ['null', Number.NaN],
  ['[]', {}],
  ['{}', []],
  ['[1]', [1, 2]],
  ['[1,2]', [1]],
  ['[null]', Array(1)],
  ['{"a":1}', {}],
  ['{}', { a: 1 }],
  ['{"a":1}', { a: 1, b: undefined }],
  ['{"a":1}', { b: 1 }],
  ['{"a":1,"b":2}', { a: 1, c: 2 }],
  ['{"a":[{"b":1}]}', { a: [{ b: 2 }] }],
  ['{}', parsed('{"__proto__":{}}')],
  ['{"__proto__":{}}', {}],
  ['{"__proto__":{}}', { a: 1 }],
  ['{"a":1}', Object.defineProperty({ b: 2 }, 'a', { value: 1, enumerable: false })],
  ['{"a":1}', { a: 1, toJSON: () => 1 }],
  ['{"a":1}', new Point()],
  ['{}', new Map([['a', 1]])],
  ['{}', new Date(0)],
  ['["a"]', Object.assign(['a'], { toJSON: () => [] })],
  ['{"a":1}', throwing],
  ['{"a":{"a":{}}}', circular],
  ['{"a":1}', () => 1],
];

describe('isCopyOf', () => {
  it.each(SAME)('is true of %s', (text, value) => {
    expect(isCopyOf(parsed(text), value)).toBe(true);
    expect(JSON.parse(JSON.stringify(value))).toEqual(parsed(text));
  });

  it.each(DIFFERENT)('is false of %s and another value', (text, value) => {
    expect(isCopyOf(parsed(text), value)).toBe(false);
  });
});
