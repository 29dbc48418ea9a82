import type { FieldChange } from '@objectstack/spec/system';
import { expect, it } from 'vitest';
import { changesByObject } from './changes-by-object.js';

const change = (object: string, field: string) => ({ object, field }) as FieldChange;

it('groups changes by their object, in their order', () => {
  const [a, b, c] = [change('account', 'b'), change('contact', 'a'), change('account', 'a')];
  expect([...changesByObject([a, b, c])]).toEqual([
    ['account', [a, c]],
    ['contact', [b]],
  ]);
});
