import { describe, expect, it } from 'vitest';
import { undoStackOf } from './undo-stack.js';

/** Parses a history in which `b!a` is a rollback of `a`. */
const stackOf = (history: string) => {
  const entries = history.split(' ').map((text) => {
    const [id = '', rollbackOf] = text.split('!');
    return { id, ...(rollbackOf !== undefined && { rollbackOf }) };
  });
  const { undo, redo } = undoStackOf(entries);
  const idsOf = (stack: readonly { id: string }[]) => stack.map(({ id }) => id).join('');
  return [idsOf(undo), idsOf(redo)];
};

describe('undoStackOf', () => {
  it.each([
    ['a b c', 'abc', ''],
    ['a b c r!c', 'ab', 'r'],
    ['a b c r!c s!b', 'a', 'rs'],
    ['a b c r!c s!b t!s', 'at', 'r'],
    ['a b c r!c s!b t!s u!r', 'atu', ''],
    ['a b c r!c s!b d', 'ad', ''],
    ['a b r!b s!r t!s', 'a', 't'],
    ['a b r!b c s!c', 'a', 's'],
  ])('replays %s', (history, undo, redo) => {
    expect(stackOf(history)).toEqual([undo, redo]);
  });
});
