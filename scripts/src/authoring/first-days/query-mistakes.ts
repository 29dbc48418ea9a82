import { accepted, type FirstDayMistake, mistake } from './first-day-mistake.js';
import type { Shop } from './shop.js';

const find =
  (query: object) =>
  ({ db }: Shop) =>
    db.find('ticket', query as never);
const where = (filter: object) => find({ where: filter });

/** Mistakes in queries that are not typed. */
export const QUERY_MISTAKES: readonly FirstDayMistake[] = [
  mistake('a path through a lookup', where({ 'account.nmae': 'Acme' }), [
    'invalid_filter',
    '/where/account.nmae',
    /Find the records of account first, and compare `account` with their ids/,
  ]),
  mistake('a condition inside a lookup', where({ account: { name: 'Acme' } }), [
    'invalid_filter',
    '/where/account/name',
    /Find the records of account first, and compare `account` with their ids/,
  ]),
  mistake('an operator of SQL', where({ subject: { $like: '%x%' } }), [
    'invalid_filter',
    '/where/subject/$like',
    /Did you mean `\$contains`/,
  ]),
  mistake('a text for $in', where({ state: { $in: 'open' } }), [
    'invalid_filter',
    '/where/state/$in',
    /brackets/,
  ]),
  mistake('a value that is undefined', where({ state: undefined }), [
    'invalid_filter',
    '/where/state',
    /Remove the key, or write null/,
  ]),
  accepted(
    'a value that is no option',
    where({ state: 'opne' }),
    'A filter must find the records that seeds or earlier versions gave another value. The compiler refuses it.',
  ),
  mistake('a text for orderBy', find({ orderBy: 'hours desc' }), [
    'invalid_query',
    '/orderBy',
    /a list of objects with the key field/,
  ]),
  mistake('direction for order', find({ orderBy: [{ field: 'hours', direction: 'desc' }] }), [
    'invalid_query',
    '/orderBy/0/direction',
    /Did you mean `order`/,
  ]),
  mistake('a list for expand', find({ expand: ['account'] }), [
    'invalid_query',
    '/expand',
    /an object: Lookup fields to expand, by field name/,
  ]),
  mistake('a field to expand that is no lookup', find({ expand: { subject: {} } }), [
    'invalid_query',
    '/expand/subject',
    /lookups: account/i,
  ]),
  mistake('a misspelled field to return', find({ fields: ['subjct'] }), [
    'invalid_query',
    '/fields/0',
    /Did you mean `subject`/,
  ]),
  mistake('a limit as text', find({ limit: '10' }), ['invalid_query', '/limit', /a number.*without quotes/]),
  mistake('a cursor with an offset', find({ orderBy: [{ field: 'id' }], cursor: { id: 't1' }, offset: 5 }), [
    'invalid_query',
    '/offset',
    /Remove offset/,
  ]),
];
