import { describe, expect, it } from 'vitest';
import { deploymentStackOf } from './deployment-stack.js';

/** Parses a history in which `b!a` is a rollback of `a`. */
const stackOf = (history: string) => {
  const entries = history.split(' ').map((text) => {
    const [id = '', rollbackOf] = text.split('!');
    return { id, ...(rollbackOf !== undefined && { rollbackOf }) };
  });
  const { inEffect, redoable } = deploymentStackOf(entries);
  const idsOf = (stack: readonly { id: string }[]) => stack.map(({ id }) => id).join('');
  return [idsOf(inEffect), idsOf(redoable)];
};

describe('deploymentStackOf', () => {
  it.each([
    ['a b c', 'abc', ''],
    ['a b c r!c', 'ab', 'r'],
    ['a b c r!c s!b', 'a', 'rs'],
    ['a b c r!c s!b t!s', 'at', 'r'],
    ['a b c r!c s!b t!s u!r', 'atu', ''],
    ['a b c r!c s!b d', 'ad', ''],
    ['a b r!b s!r t!s', 'a', 't'],
    ['a b r!b c s!c', 'a', 's'],
  ])('replays %s', (history, inEffect, redoable) => {
    expect(stackOf(history)).toEqual([inEffect, redoable]);
  });
});
