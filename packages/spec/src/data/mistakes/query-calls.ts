import { answersAt, type Mistake, type MistakenCall, type MistakenMethod } from './mistake.js';

/** A query that must be rejected. */
export interface QueryMistake {
  readonly id: string;
  /** What is wrong, in one sentence. */
  readonly what: string;
  /** The query. */
  readonly example: () => unknown;
  /** JSON Pointer to the mistake within the query; a list if there are several mistakes. */
  readonly path: string | readonly string[];
  /** Queried object. Defaults to account. */
  readonly object?: string;
  /** Error code. Defaults to `invalid_query`. */
  readonly code?: 'invalid_filter' | 'invalid_query';
}

type Methods = readonly MistakenMethod[];

const toCalls = (
  { object = 'account', code = 'invalid_query', example, path }: QueryMistake,
  methods: Methods,
): MistakenCall[] =>
  methods.map((method) => ({ method, args: [object, example()], answers: answersAt(code, path) }));

/** The mistake in each of these methods, which take a query as their second argument. */
export const queryMistakeOf =
  (methods: Methods) =>
  (row: QueryMistake): Mistake => ({ id: row.id, what: row.what, calls: () => toCalls(row, methods) });

/** The same in `updateMany` and `deleteMany`, and in `count` unless the mistake is a missing filter. */
export function filterOnlyMistake(row: QueryMistake): Mistake {
  const { object = 'account', code = 'invalid_query', example, path } = row;
  const answers = answersAt(code, path);
  const counts = code === 'invalid_query' ? toCalls(row, ['count']) : [];
  return {
    id: row.id,
    what: row.what,
    calls: () => [
      ...counts,
      { method: 'updateMany', args: [object, example(), { notes: 'new' }], answers },
      { method: 'deleteMany', args: [object, example()], answers },
    ],
  };
}
