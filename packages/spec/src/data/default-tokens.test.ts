import { describe, expect, it } from 'vitest';
import { DEFAULT_TOKENS } from './default-tokens.js';

describe('DEFAULT_TOKENS', () => {
  it.each([
    ['NOW()', 'now'],
    ['$now', 'now'],
    ['{now}', 'now'],
    ['CURRENT_TIMESTAMP', 'now'],
    ['TODAY()', 'today'],
    ['$today', 'today'],
    ['{today}', 'today'],
    ['CURRENT_DATE', 'today'],
    ['$currentUser', 'current_user'],
    ['{current_user}', 'current_user'],
    ['{current_user_id}', 'current_user'],
  ])('%s means %s', (token, meaning) => {
    expect(DEFAULT_TOKENS[token]).toBe(meaning);
  });

  it('has no other token', () => {
    expect(Object.keys(DEFAULT_TOKENS)).toHaveLength(11);
  });
});
