import { describe, expect, it } from 'vitest';
import { join, name, sql, verbatim } from './sql.js';

describe('sql', () => {
  it('numbers the placeholders of nested parts in order', () => {
    const inner = sql`"a" = ${1} OR "b" = ${2}`;
    const { text, values } = sql`SELECT ${0} WHERE (${inner}) AND "c" = ${3}`;
    expect(text).toBe('SELECT $1 WHERE ("a" = $2 OR "b" = $3) AND "c" = $4');
    expect(values).toEqual([0, 1, 2, 3]);
  });

  it('binds every value, whatever it looks like', () => {
    const { text, values } = sql`SELECT ${'$1; DROP TABLE "t"'}, ${null}`;
    expect(text).toBe('SELECT $1, $2');
    expect(values).toEqual(['$1; DROP TABLE "t"', null]);
  });
});

describe('join', () => {
  it('separates parts, and is empty without any', () => {
    const { text, values } = join([sql`${1}`, verbatim('x'), sql`${2}`], ' + ');
    expect([text, values]).toEqual(['$1 + x + $2', [1, 2]]);
    expect(join([]).text).toBe('');
  });
});

describe('name', () => {
  it('quotes an identifier', () => {
    expect(name('order').text).toBe('"order"');
    expect(name('a"b').text).toBe('"a""b"');
  });
});
