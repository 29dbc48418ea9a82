import { FILTER_OPERATORS, type Field, fieldValueModel } from '@objectstack/spec/data';
import { rowFilter, type StoredRow } from '@objectstack/spec/drivers';
import { ObjectStackError } from '@objectstack/spec/shared';
import { code, table } from '../markdown.js';

const FIELDS = new Map(
  Object.entries<Field>({ name: { type: 'text' }, other: { type: 'text' }, tags: { type: 'tags' } }).map(
    ([name, field]) => [name, fieldValueModel(field)] as const,
  ),
);
const MISSING: StoredRow = { name: null, other: null, tags: null };
const PRESENT: StoredRow = { name: 'x', other: null, tags: '["x"]' };

/** What a condition does with a row. */
function answer(filter: object, row: StoredRow): string {
  try {
    return rowFilter(FIELDS, filter)(row) ? 'matches' : '–';
  } catch (error) {
    if (ObjectStackError.isInstance(error, 'invalid_filter')) return 'rejected';
    throw error;
  }
}

const operandsOf = (operator: string): unknown[] => {
  if (operator === '$in' || operator === '$nin') return [['x'], ['y'], ['x', null], [null], []];
  if (operator === '$between')
    return [
      ['a', 'y'],
      ['a', null],
    ];
  if (operator === '$null' || operator === '$exists') return [true, false];
  if (/contains/i.test(operator) || /with/i.test(operator)) return ['x', null];
  return ['x', null, { $field: 'other' }];
};

const CONDITIONS = [
  ...FILTER_OPERATORS.flatMap((operator) =>
    operandsOf(operator).map((operand) => ({ name: { [operator]: operand } })),
  ),
  ...['$contains', '$notContains'].map((operator) => ({ tags: { [operator]: 'x' } })),
  { $not: { name: { $gt: 'a' } } },
  { $not: { name: { $in: ['x', null] } } },
];

/** What every operator does with a missing value, as operand and in a record. */
export const missingConditionTable = (): string =>
  table(
    ['condition', 'record without values', 'record with `name: "x"`, `tags: ["x"]`'],
    CONDITIONS.map((filter) => [
      code(JSON.stringify(filter).replaceAll('"', "'")),
      answer(filter, MISSING),
      answer(filter, PRESENT),
    ]),
  );
