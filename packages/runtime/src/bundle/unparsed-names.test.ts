import { describe, expect, it } from 'vitest';
import { UnparsedNames } from './unparsed-names.js';

describe('UnparsedNames', () => {
  it('has nothing at first', () => {
    const names = new UnparsedNames();
    expect([names.isEmpty, names.has('account')]).toEqual([true, false]);
  });

  it('has a name as it was written and as it should have been', () => {
    const names = new UnparsedNames();
    names.add('Due Date');
    expect(['Due Date', 'due_date', 'due_date', 'name'].map((name) => names.has(name))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(names.isEmpty).toBe(false);
  });

  it('has every name if a part has none', () => {
    const names = new UnparsedNames();
    names.add(undefined);
    expect(names.has('anything')).toBe(true);
  });

  it('stops comparing after many names', () => {
    const names = new UnparsedNames();
    names.add('account');
    for (let index = 0; index < 1_000; index += 1) names.has(`field${index}`);
    expect([names.has('acount'), names.has('account')]).toEqual([false, true]);
  });
});
