import { describe, expect, it } from 'vitest';
import { object } from '../../../../test/database.js';
import { isImpliedCheck } from './is-implied-check.js';

const MEMBER = object('member', {
  kind: { type: 'select', options: ['a', "b's"].map((value) => ({ label: value, value })) },
  kinds: { type: 'select', multiple: true, options: [{ label: 'a', value: 'a' }] },
  code: { type: 'text', maxLength: 8 },
  text: { type: 'text' },
  rank: { type: 'number', min: 1, max: 10 },
  size: { type: 'number' },
  vip: { type: 'boolean' },
  data: { type: 'json' },
});

describe('isImpliedCheck', () => {
  it.each([
    "kind IN ('a', 'b''s')",
    "KIND in ('c','b''s','a')",
    "\"kind\" IN ('a', 'b''s') OR kind IS NULL",
    'length(code) <= 8',
    'LENGTH( "code" ) < 9',
    'rank BETWEEN 1 AND 10',
    '((rank >= 1) AND (rank <= 10))',
    'rank > -0.5 and length(code) <= 20',
    'rank IS NULL OR (rank >= 0 AND rank < 11)',
    'vip IN (0, 1)',
    '[vip] >= 0',
    'JSON_VALID("data")',
    '(JSON_VALID(data) OR data IS NULL)',
    "kind IN ('a', 'x , y', 'b''s', ')')",
  ])('is true for %s', (condition) => {
    expect(isImpliedCheck(condition, MEMBER)).toBe(true);
  });

  it.each([
    "kind IN ('a')",
    "kind NOT IN ('a', 'b''s')",
    "kinds IN ('a')",
    "text IN ('a')",
    'length(code) <= 7',
    'length(text) <= 8',
    'length(code) >= 1',
    'rank > 1',
    'rank BETWEEN 2 AND 10',
    'rank >= 1 AND size >= 1',
    'rank >= 1 AND rank <= 10 AND rank <> 5',
    "rank >= 1 OR text = 'x'",
    'rank IS NULL',
    'rank IS NOT NULL',
    'size >= 0',
    'text >= 0',
    'vip IN (1)',
    "kind IN ('a', 'b''s') = (0)",
    "kind IN ('a', 'b''s') IS (NULL)",
    'vip IN (0, 1) - (1)',
    'json_valid(text)',
    'unknown >= 0',
    'rank >= size',
    '1',
    '',
  ])('is false for %s', (condition) => {
    expect(isImpliedCheck(condition, MEMBER)).toBe(false);
  });
});
