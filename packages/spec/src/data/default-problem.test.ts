import { describe, expect, it } from 'vitest';
import { defaultProblem } from './default-problem.js';
import type { Field } from './field.zod.js';

const options = ['a', 'b'].map((value) => ({ label: value, value }));
const DAY = 'must be a date such as 2026-01-31, without a time';

describe('defaultProblem', () => {
  it.each<[Field, unknown, string | undefined]>([
    [{ type: 'date' }, '2026-01-31', undefined],
    [{ type: 'date' }, '2026-01-31T00:00:00Z', DAY],
    [{ type: 'date', multiple: true }, ['2026-01-31T00:00:00Z'], `must be a list, each item ${DAY.slice(8)}`],
    [{ type: 'date' }, 'TODAY()', undefined],
    [{ type: 'number' }, 'TODAY()', 'must be a number such as 12.5'],
    [{ type: 'text', required: true }, null, undefined],
    [{ type: 'text', maxLength: 1 }, 'ab', 'must have at most 1 character'],
    [{ type: 'select', options }, 'c', 'is not one of the options'],
    [{ type: 'select', options }, '$now', 'is not one of the options'],
    [{ type: 'formula' }, 1, undefined],
    [{ type: 'date' }, { dialect: 'cel', source: 'unknown()' }, undefined],
    [{ type: 'date' }, { dialect: 'cron', source: '1' }, DAY],
    [{ type: 'text' }, undefined, undefined],
  ])('of %j with %j is %s', (field, defaultValue, problem) => {
    expect(defaultProblem({ ...field, defaultValue })).toBe(problem);
  });
});
