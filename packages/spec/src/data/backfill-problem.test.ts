import { describe, expect, it } from 'vitest';
import { backfillProblem } from './backfill-problem.js';
import type { Field } from './field.zod.js';

const options = ['a', 'b'].map((value) => ({ label: value, value }));
const DAY = 'must be a date such as 2026-01-31, without a time';

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
    [{ type: 'text' }, { dialect: 'cel', source: '"a"' }, 'must be a literal value, not an expression'],
    [{ type: 'text' }, { from: 'a' }, 'must be text'],
    [{ type: 'text' }, {}, 'must be text'],
    [{ type: 'json' }, { field: 'unknown' }, undefined],
  ])('of %j with %j is %s', (field, backfill, problem) => {
    const whole = { ...field, ...(backfill !== undefined && { backfill }) } as Field;
    expect(backfillProblem(whole, { whole })).toBe(problem);
  });

  const fields: Record<string, Field> = {
    name: { type: 'text', backfill: 'n' },
    state: { type: 'select', options },
    born: { type: 'date' },
    tags: { type: 'tags' },
    place: { type: 'address' },
    sum: { type: 'formula' },
    copied: { type: 'text', backfill: { field: 'name' } },
  };

  it.each<[Field, unknown, string | undefined]>([
    [{ type: 'text' }, { field: 'name' }, undefined],
    [{ type: 'email' }, { field: 'name' }, undefined],
    [{ type: 'datetime' }, { field: 'created_at' }, undefined],
    [{ type: 'text', multiple: true }, { field: 'tags' }, undefined],
    [{ type: 'boolean' }, { field: 'state', values: { a: true, gone: false } }, undefined],
    [{ type: 'select', options }, { values: { old: 'a' } }, undefined],
    [
      { type: 'text' },
      { field: 'born', values: { '31.1.2026': 'b' } },
      `has the key 31.1.2026, which is no value of born: it ${DAY}`,
    ],
    [
      { type: 'text' },
      { field: 'created_at', values: { '2026-01-31T12:00:00Z': 'a', '2026-01-31T13:00:00+01:00': 'b' } },
      'has the keys 2026-01-31T12:00:00Z and 2026-01-31T13:00:00+01:00, which are the same value of created_at',
    ],
    [{ type: 'text' }, { field: 'unknown' }, 'names the unknown field unknown'],
    [{ type: 'text' }, { field: 'constructor' }, 'names the unknown field constructor'],
    [{ type: 'text' }, { field: 'sum' }, 'names the field sum, which is computed'],
    [
      { type: 'text' },
      { field: 'copied' },
      'names the field copied, which has a backfill that is no literal value itself',
    ],
    [
      { type: 'text' },
      { field: 'born' },
      'names the field born, which stores another type of value; map its values with `values`',
    ],
    [
      { type: 'text' },
      { field: 'tags' },
      'names the field tags, which stores another type of value; map its values with `values`',
    ],
    [
      { type: 'tags' },
      { field: 'place' },
      'names the field place, which stores another type of value; map its values with `values`',
    ],
    [
      { type: 'text' },
      { field: 'tags', values: { a: 'b' } },
      'names the field tags, which stores lists or JSON, which `values` cannot map',
    ],
    [{ type: 'tags' }, { field: 'name', values: { a: ['b'] } }, 'cannot replace values of a list'],
    [
      { type: 'number' },
      { field: 'state', values: { a: 'one' } },
      'has a value for a that must be a number such as 12.5',
    ],
    [{ type: 'select', options }, { values: { a: 'c' } }, 'has a value for a that is not one of the options'],
    [{ type: 'text' }, { values: { a: null } }, 'has a value for a that must not be null'],
    [
      { type: 'text', required: true },
      { values: { a: '' } },
      'has a value for a that leaves the required field empty',
    ],
  ])('of %j with %j among other fields is %s', (field, backfill, problem) => {
    expect(backfillProblem({ ...field, backfill }, fields)).toBe(problem);
  });

  it('does not take the value of its own field', () => {
    const own: Field = { type: 'text', backfill: { field: 'own' } };
    expect(backfillProblem(own, { own })).toBe('names its own field own; leave field out');
  });
});
