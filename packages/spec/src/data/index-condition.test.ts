import { describe, expect, it } from 'vitest';
import { indexCondition } from './index-condition.js';

const COLUMNS = new Set(['status', 'size', 'order', 'length']);

describe('indexCondition', () => {
  it.each([
    [`status = 'open'`, `"status" = 'open'`],
    [`  status  is not\n null `, `"status" IS NOT NULL`],
    [`"order" in (1, 2.5) AND size>=-1`, `"order" IN (1, 2.5) AND "size">=-1`],
    [`length(status) < 3 OR "length" = 2`, `LENGTH("status") < 3 OR "length" = 2`],
    [`status <> 'it''s; -- "not" /* a comment'`, `"status" <> 'it''s; -- "not" /* a comment'`],
    [`json_extract(status, '$.a') ->> 'b'`, `JSON_EXTRACT("status", '$.a') ->> 'b'`],
  ])('writes %s as %s', (condition, sql) => {
    expect(indexCondition(condition, COLUMNS)).toEqual({ sql });
  });

  it.each([
    ['', 'it is empty'],
    ['stats = 1', 'there is no field stats'],
    ['"stats" = 1', 'there is no field stats'],
    ['Status = 1', 'there is no field Status'],
    ['size = 1; DROP TABLE x', '; is not permitted'],
    ['size = ?', '? is not permitted'],
    ['size = :a', ': is not permitted'],
    ['size = `a`', '` is not permitted'],
    ['size = 1 -- more', 'there is no field more'],
    ['size = 1 --', 'it contains a comment'],
    ['size /* x', 'there is no field x'],
    [`status = 'open`, `' is not permitted`],
    ['size = (SELECT 1)', 'there is no field SELECT'],
    ['random() = 1', 'there is no field random'],
  ])('rejects %s: %s', (condition, problem) => {
    expect(indexCondition(condition, COLUMNS)).toEqual({ problem });
  });
});
