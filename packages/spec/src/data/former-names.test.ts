import { describe, expect, it } from 'vitest';
import { formerNames } from './former-names.js';

describe('formerNames', () => {
  it.each([
    ['nothing', undefined, []],
    ['one name', 'person', ['person']],
    ['a list', ['contact', 'person'], ['contact', 'person']],
  ])('reads %s', (_what, renamedFrom, names) => {
    expect(formerNames(renamedFrom)).toEqual(names);
  });
});
