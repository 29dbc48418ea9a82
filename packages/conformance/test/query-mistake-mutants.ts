import { ObjectStackError } from '@objectstack/spec/shared';
import { intercepting } from './intercept.js';
import { instead, type MistakeMutant, PATHS, pathOf, rejecting, withPath } from './mistake-mutant-tools.js';
import { type Mutant, without } from './mutant-tools.js';
import { withoutPart } from './without-part.js';

const QUERY_AT = 1;
const MOST_PARTS = 8;

/** Removes the part of the query that the error is about, and tries again: invalid parts are ignored. */
const ignoring = (code: string, remove: (query: unknown, path: string) => unknown): Mutant =>
  intercepting(async ({ args, proceed }) => {
    let given = [...args];
    for (let attempt = 0; ; attempt++) {
      try {
        return await proceed(given);
      } catch (error) {
        if (!ObjectStackError.isInstance(error) || error.code !== code || attempt === MOST_PARTS) throw error;
        const query = remove(given[QUERY_AT], pathOf(error));
        given = given.with(QUERY_AT, query);
      }
    }
  });

/** The query without the key that an error is about, or without any other if the key is missing. */
function withoutKey(query: unknown, path: string): unknown {
  const [, key = ''] = path.split('/');
  const given = Object(query) as Record<string, unknown>;
  return key in given ? without(given, key) : {};
}

/** Drivers with a fault in rejecting queries. */
export const QUERY_MISTAKE_MUTANTS: Readonly<Record<string, MistakeMutant>> = {
  'ignores invalid parts of filters': {
    mutant: ignoring('invalid_filter', withoutPart),
    violates: { filter: 'some', operand: 'some', rows: 'some' },
  },
  'ignores invalid parts of queries': {
    mutant: ignoring('invalid_query', withoutPart),
    violates: { query: 'some', expand: 'some', rows: 'some', 'filter-only': 'some' },
  },
  'ignores keys with invalid parts': {
    mutant: ignoring('invalid_query', withoutKey),
    violates: { query: 'some', rows: 'some', expand: 'some' },
  },
  'names the parent of the invalid part': {
    mutant: instead(
      PATHS,
      withPath((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))),
    ),
    violates: {
      filter: 'some',
      operand: 'some',
      query: 'some',
      expand: 'some',
      rows: 'some',
      'filter-only': 'some',
    },
  },
  'does not escape JSON Pointers': {
    mutant: instead(
      PATHS,
      withPath((path) => path.replaceAll('~1', '/').replaceAll('~0', '~')),
    ),
    violates: { filter: ['escaped-name'], operand: [], query: [] },
  },
  'gives the path within an aggregation': {
    mutant: instead(
      PATHS,
      withPath((path) => path.replace(/^\/aggregations\/\d+/, '')),
    ),
    violates: { filter: 'some', rows: 'some', query: [] },
  },
  'gives the path within an expanded query': {
    mutant: instead(
      PATHS,
      withPath((path) => path.replace(/^(\/expand\/\w+)+(?=\/(?:fields|where|object|limit))/, '')),
    ),
    violates: {
      expand: ['inner-filter', 'inner-unknown-field', 'inner-other-object', 'inner-limit'],
      query: [],
    },
  },
  'rejects invalid filters as invalid queries': {
    mutant: instead(
      ['invalid_filter'],
      rejecting(
        (error) =>
          new ObjectStackError({
            code: 'invalid_query',
            message: error.message,
            details: { path: pathOf(error) },
          }),
      ),
    ),
    violates: { filter: 'some', operand: 'some', rows: 'some', 'filter-only': ['no-filter', 'no-query'] },
  },
  'ignores further keys of a query with a filter': {
    mutant: intercepting(
      ({ args: [object, query, ...rest], proceed }) =>
        proceed([
          object,
          typeof query === 'object' && query !== null ? without(query, 'limit', 'orderBy', 'fields') : query,
          ...rest,
        ]),
      ['count', 'updateMany', 'deleteMany'],
    ),
    violates: { 'filter-only': ['ignored-limit', 'ignored-order', 'ignored-fields'], filter: [] },
  },
  'deletes everything for an invalid filter': {
    mutant: instead(
      ['invalid_filter'],
      (_, { driver, args }) => driver.deleteMany(String(args[0]), { where: {} }),
      ['deleteMany'],
    ),
    violates: { filter: 'some', operand: 'some', 'filter-only': ['no-filter', 'no-query'] },
  },
  'updates nothing for an invalid call': {
    mutant: instead(['invalid_filter', 'validation_failed'], () => 0, ['updateMany']),
    violates: {
      filter: 'some',
      record: 'some',
      constraint: ['several-mistakes'],
      'filter-only': ['no-filter', 'no-query'],
    },
  },
  'limits findOne without checking its query': {
    mutant: intercepting(
      ({ args: [object, query, ...rest], proceed }) =>
        proceed([object, { ...(query as object), limit: 1 }, ...rest]),
      ['findOne'],
    ),
    violates: {
      query: [
        'null',
        'text',
        'list',
        'promise',
        'map',
        'date',
        'negative-limit',
        'fraction-limit',
        'text-limit',
        'null-limit',
      ],
    },
  },
};
