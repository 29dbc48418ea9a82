import { describe, expect, it } from 'vitest';
import { backfillProblem, defaultProblem } from './default-problem.js';
import type { Field } from './field.zod.js';

const options = ['a', 'b'].map((value) => ({ label: value, value }));
const DAY = 'must be a day such as 2026-01-31, without a time';

describe('defaultProblem', () => {
  it.each<[Field, unknown, string | undefined]>([
    [{ type: 'date' }, '2026-01-31', undefined],
    [{ type: 'date' }, '2026-01-31T00:00:00Z', DAY],
    [{ type: 'date', multiple: true }, ['2026-01-31T00:00:00Z'], `must be a list, each item ${DAY.slice(8)}`],
    [{ type: 'date' }, 'TODAY()', undefined],
    [{ type: 'number' }, 'TODAY()', 'must be a number'],
    [{ type: 'text', required: true }, null, undefined],
    [{ type: 'text', maxLength: 1 }, 'ab', 'must have at most 1 characters'],
    [{ type: 'select', options }, 'c', 'is not one of the options'],
    [{ type: 'select', options }, '$now', 'is not one of the options'],
    [{ type: 'formula' }, 1, undefined],
    [{ type: 'text' }, undefined, undefined],
  ])('of %j with %j is %s', (field, defaultValue, problem) => {
    expect(defaultProblem({ ...field, defaultValue })).toBe(problem);
  });
});

describe('backfillProblem', () => {
  it.each<[Field, unknown, string | undefined]>([
    [{ type: 'date' }, '2026-01-31', undefined],
    [{ type: 'date' }, '2026-01-31T00:00:00Z', DAY],
    [{ type: 'date' }, 'TODAY()', 'must be a literal value, not a default token'],
    [{ type: 'autonumber' }, 'A-1', 'is on an autonumber, whose values come from its counter'],
    [{ type: 'formula' }, 1, 'is on a field that is computed'],
    [{ type: 'select', options }, 'c', 'is not one of the options'],
    [{ type: 'text', required: true }, '', 'leaves the required field empty'],
    [{ type: 'text' }, '', undefined],
    [{ type: 'text' }, undefined, undefined],
  ])('of %j with %j is %s', (field, backfill, problem) => {
    expect(backfillProblem({ ...field, ...(backfill !== undefined && { backfill }) } as Field)).toBe(problem);
  });
});
