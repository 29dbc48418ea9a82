import { describe, expect, it } from 'vitest';
import { previousNames } from './previous-names.js';

describe('previousNames', () => {
  it.each([
    ['nothing', undefined, []],
    ['one name', 'person', ['person']],
    ['a list', ['contact', 'person'], ['contact', 'person']],
  ])('reads %s', (_what, renamedFrom, names) => {
    expect(previousNames(renamedFrom)).toEqual(names);
  });
});
