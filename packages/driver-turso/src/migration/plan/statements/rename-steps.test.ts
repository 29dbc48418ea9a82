import { describe, expect, it } from 'vitest';
import { renameSteps } from './rename-steps.js';

const steps = (renames: Record<string, string>) =>
  renameSteps(new Map(Object.entries(renames)), (index) => `tmp${index}`).map(
    ({ from, to }) => `${from}>${to}`,
  );

describe('renameSteps', () => {
  it.each([
    [{}, []],
    [{ a: 'b' }, ['a>b']],
    [{ a: 'b', b: 'c' }, ['b>c', 'a>b']],
    [{ b: 'a', a: 'b' }, ['a>tmp0', 'b>a', 'tmp0>b']],
    [{ a: 'b', b: 'c', c: 'a' }, ['a>tmp0', 'c>a', 'b>c', 'tmp0>b']],
    [{ a: 'b', b: 'a', c: 'd', d: 'c' }, ['a>tmp0', 'b>a', 'tmp0>b', 'c>tmp1', 'd>c', 'tmp1>d']],
  ])('orders %j', (renames, expected) => {
    expect(steps(renames as Record<string, string>)).toEqual(expected);
  });

  it('never uses a name that exists', () => {
    const names = ['a', 'b', 'c', 'd'];
    const targets = (rest: string[]): string[][] =>
      rest.length === 0
        ? [[]]
        : rest.flatMap((name) =>
            targets(rest.filter((other) => other !== name)).map((tail) => [name, ...tail]),
          );
    for (const target of targets(names)) {
      const renames = new Map(
        names.map((name, index) => [name, target[index] ?? name]).filter(([a, b]) => a !== b) as [
          string,
          string,
        ][],
      );
      const content = new Map(names.map((name) => [name, name]));
      for (const { from, to } of renameSteps(renames, (index) => `tmp${index}`)) {
        expect(content.has(to)).toBe(false);
        content.set(to, content.get(from) ?? '');
        content.delete(from);
      }
      expect(names.map((name) => content.get(renames.get(name) ?? name))).toEqual(names);
    }
  });
});
