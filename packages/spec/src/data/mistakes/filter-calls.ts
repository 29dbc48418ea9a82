import { answersAt, type Mistake, type MistakenCall } from './mistake.js';

/** A filter of accounts that must be rejected with `invalid_filter`. */
export interface FilterMistake {
  readonly id: string;
  /** What is wrong, in one sentence. */
  readonly what: string;
  /** The filter. */
  readonly example: () => unknown;
  /** JSON Pointer to the mistake within the filter; a list if there are several mistakes. */
  readonly path: string | readonly string[];
}

const READS = ['find', 'findOne', 'findStream', 'count', 'explain'] as const;

/** Every operation that takes a filter, with this one. */
function filterCalls({ example, path }: FilterMistake): MistakenCall[] {
  const inside = (parent: string) => [path].flat().map((rest) => `${parent}${rest}`);
  const answers = answersAt('invalid_filter', inside('/where'));
  const aggregation = () => ({ function: 'count', alias: 'records', filter: example() });
  return [
    ...READS.map((method) => ({ method, args: ['account', { where: example() }], answers })),
    { method: 'updateMany', args: ['account', { where: example() }, { notes: 'new' }], answers },
    { method: 'deleteMany', args: ['account', { where: example() }], answers },
    {
      method: 'find',
      args: ['account', { aggregations: [aggregation()] }],
      answers: answersAt('invalid_filter', inside('/aggregations/0/filter')),
    },
  ];
}

export const filterMistake = (row: FilterMistake): Mistake => ({
  id: row.id,
  what: row.what,
  calls: () => filterCalls(row),
});
