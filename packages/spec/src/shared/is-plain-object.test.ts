import { describe, expect, it } from 'vitest';
import { isPlainObject } from './is-plain-object.js';

class Point {}

describe('isPlainObject', () => {
  it.each([[{}], [{ a: 1 }], [Object.create(null)]])('is true of %j', (value) => {
    expect(isPlainObject(value)).toBe(true);
  });

  it.each([[null], [undefined], [1], ['text'], [[]], [new Date(0)], [new Point()], [() => 1]])(
    'is false of %s',
    (value) => {
      expect(isPlainObject(value)).toBe(false);
    },
  );
});
