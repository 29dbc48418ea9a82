import { describe, expect, it } from 'vitest';
import { suggestName, synonymOf } from './suggest-name.js';

describe('suggestName', () => {
  it.each<[unknown, string[], string | undefined]>([
    ['string', ['text', 'strings'], 'text'],
    ['VARCHAR', ['text'], 'text'],
    ['string', ['strings'], 'strings'],
    ['txt', ['text'], 'text'],
    ['enum', ['text', 'select'], 'select'],
    ['enum', ['label', 'options'], 'options'],
    ['onDelete', ['deleteBehavior', 'label'], 'deleteBehavior'],
    ['default', ['label', 'type'], undefined],
    ['toString', ['text'], undefined],
    ['account_id', ['account', 'accounts'], 'account'],
    ['accountId', ['account'], 'account'],
    ['account.id', ['account'], 'account'],
    ['paid', ['pa'], undefined],
    ['>=', ['$gt', '$gte'], '$gte'],
    [7, ['text'], undefined],
  ])('of %j among %j is %s', (name, known, meant) => {
    expect(suggestName(name, known)).toBe(meant);
  });
});

describe('synonymOf', () => {
  it.each([
    ['ENUM', ['options'], 'options'],
    ['txt', ['text'], undefined],
    ['constructor', ['text'], undefined],
    ['enum', ['text'], undefined],
  ])('of %j among %j is %s', (name, known, meant) => {
    expect(synonymOf(name, known)).toBe(meant);
  });
});
