import { type FirstDayMistake, mistake } from './first-day-mistake.js';
import type { Shop } from './shop.js';

const account =
  (data: object) =>
  ({ db }: Shop) =>
    db.create('account', { name: 'Cone', ...data });
const ticket =
  (data: unknown, options: object = {}) =>
  ({ db }: Shop) =>
    db.create('ticket', data as never, options);

/** Mistakes in writes of records. */
export const WRITE_MISTAKES: readonly FirstDayMistake[] = [
  mistake('the name of a column for that of a lookup', ticket({ subject: 'x', account_id: 'acme' }), [
    'validation_failed',
    '/account_id',
    /did you mean `account`/,
  ]),
  mistake('a missing required field', ticket({ hours: 1 }), [
    'validation_failed',
    '/subject',
    /subject must have a value/,
  ]),
  mistake('a text for a number', ticket({ subject: 'x', hours: '3' }), [
    'validation_failed',
    '/hours',
    /must be a number such as 12\.5/,
  ]),
  mistake('a date in another notation', account({ since: '31.1.2026' }), [
    'validation_failed',
    '/since',
    /such as 2026-01-31/,
  ]),
  mistake('a record for a lookup', ticket({ subject: 'x', account: { id: 'acme' } }), [
    'validation_failed',
    '/account',
    /the id of a record of account/,
  ]),
  mistake('the name of a record for its id', ticket({ subject: 'x', account: 'Acme' }), [
    'foreign_key_violation',
    'ticket.account',
    /Pass the id of a record/,
  ]),
  mistake('a value that another record has', account({ code: 'A1' }), [
    'unique_violation',
    'account.code',
    /upsert/,
  ]),
  mistake('a list of records', ticket([{ subject: 'x' }]), ['invalid_request', '/data', /bulkCreate/]),
  mistake('a misspelled option', ticket({ subject: 'x' }, { transation: { id: 'x' } }), [
    'invalid_request',
    '/options/transation',
    /Did you mean `transaction`/,
  ]),
  mistake('a deleted record that others refer to', ({ db }) => db.delete('account', 'acme'), [
    'foreign_key_violation',
    'ticket.account',
    /Delete these records first, or let them refer to another record/,
  ]),
  mistake(
    'an update of a record that does not exist',
    ({ db }) => db.update('account', 'none', { name: 'x' }),
    ['record_not_found', 'account', /Check the id/],
  ),
];
