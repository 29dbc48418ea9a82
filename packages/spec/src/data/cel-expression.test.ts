import { describe, expect, it } from 'vitest';
import { celSourceOf } from './cel-expression.js';

describe('celSourceOf', () => {
  it.each([
    [{ dialect: 'cel', source: 'today()' }, 'today()'],
    [{ dialect: 'cel', source: '', note: 'empty' }, ''],
    [{ dialect: 'cron', source: '* * * * *' }, undefined],
    [{ dialect: 'cel' }, undefined],
    [{ dialect: 'cel', source: 1 }, undefined],
    [{ source: 'today()' }, undefined],
    [[{ dialect: 'cel', source: 'today()' }], undefined],
    ['today()', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('of %j is %s', (value, source) => {
    expect(celSourceOf(value)).toBe(source);
  });
});
