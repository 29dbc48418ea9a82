import { describe, expect, it } from 'vitest';
import type { Field } from './field.zod.js';
import { isOffered, leavesEmpty, storageProblem } from './storage-problem.js';

const options = ['a', 'b'].map((value) => ({ label: value, value }));

describe('storageProblem', () => {
  it.each<[Field, unknown, string | undefined]>([
    [{ type: 'text' }, 'x', undefined],
    [{ type: 'text' }, 1, 'must be text'],
    [{ type: 'text' }, 'a\0', 'must be text without NUL characters and lone surrogates'],
    [{ type: 'lookup', reference: 'x' }, '', 'must not be empty text'],
    [{ type: 'text', minLength: 2 }, 'a', 'must have at least 2 characters'],
    [{ type: 'text', maxLength: 2 }, 'abc', 'must have at most 2 characters'],
    [{ type: 'number', min: 1 }, 0, 'must be at least 1'],
    [{ type: 'number', max: 1 }, 2, 'must be at most 1'],
    [{ type: 'email' }, 'ada', 'must be an email address such as name@example.com'],
    [{ type: 'url' }, 'ada', 'must be an http or https URL such as https://example.com'],
    [{ type: 'date' }, '2026-02-30', 'must be a date such as 2026-01-31, without a time'],
    [{ type: 'date' }, '2026-02-28T00:00:00Z', 'must be a date such as 2026-01-31, without a time'],
    [{ type: 'select', options }, 'c', undefined],
    [{ type: 'number', multiple: true }, [1], undefined],
    [{ type: 'number', multiple: true }, ['1'], 'must be a list, each item a number such as 12.5'],
    [{ type: 'formula' }, 1, 'is computed'],
  ])('of %j with %j is %s', (field, value, problem) => {
    expect(storageProblem(field, value)).toBe(problem);
  });
});

describe('isOffered', () => {
  it.each<[Field, unknown, boolean]>([
    [{ type: 'select', options }, 'a', true],
    [{ type: 'select', options }, 'c', false],
    [{ type: 'multiselect', options }, ['a', 'c'], false],
    [{ type: 'text', options }, 'c', true],
    [{ type: 'select' }, 'c', true],
  ])('of %j with %j is %s', (field, value, expected) => {
    expect(isOffered(field, value)).toBe(expected);
  });
});

describe('leavesEmpty', () => {
  it.each<[Field, unknown, boolean]>([
    [{ type: 'text' }, '', true],
    [{ type: 'text' }, 'a', false],
    [{ type: 'number' }, 0, false],
    [{ type: 'number' }, 'x', false],
    [{ type: 'multiselect' }, [], true],
  ])('of %j with %j is %s', (field, value, expected) => {
    expect(leavesEmpty(field, value)).toBe(expected);
  });
});
