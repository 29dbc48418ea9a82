import type { Mistake, MistakeAnswer, MistakenCall, MistakenMethod } from './mistake.js';

const duplicate = (object: string, fields: readonly string[]): MistakeAnswer => ({
  code: 'unique_violation',
  details: { object, fields: [...fields] },
});
const dangling: MistakeAnswer = {
  code: 'foreign_key_violation',
  details: { object: 'contact', field: 'account' },
};
const referenced: MistakeAnswer = {
  code: 'foreign_key_violation',
  details: { object: 'account', referredBy: { object: 'invoice', field: 'account' } },
};
const missing = (details: object): MistakeAnswer => ({
  code: 'record_not_found',
  details: { object: 'folder', ...details },
});

const one = (method: MistakenMethod, args: readonly unknown[], answer: MistakeAnswer): MistakenCall => ({
  method,
  args,
  answers: [answer],
});

/** Writes of these values, which another record has. */
function duplicates(values: object, fields: readonly string[]): MistakenCall[] {
  const answer = duplicate('account', fields);
  const created = { name: 'Cone', ...values };
  return [
    one('create', ['account', created], answer),
    one('upsert', ['account', { id: 'new', ...created }, ['id']], answer),
    one('bulkCreate', ['account', [{ name: 'Dune' }, created]], answer),
  ];
}

/** Mistakes that only the stored records reveal: duplicates, lookups to missing records, missing records. */
export const CONSTRAINT_MISTAKES: readonly Mistake[] = [
  {
    id: 'taken-id',
    what: 'A record with this id exists.',
    calls: () => [
      one('create', ['account', { id: 'a1', name: 'Cone' }], duplicate('account', ['id'])),
      one(
        'bulkCreate',
        ['account', [{ name: 'Dune' }, { id: 'a1', name: 'Cone' }]],
        duplicate('account', ['id']),
      ),
    ],
  },
  {
    id: 'duplicate',
    what: 'Another record has this value of a unique field.',
    calls: () => [
      ...duplicates({ code: 'C2' }, ['code']),
      one('update', ['account', 'a1', { code: 'C2' }], duplicate('account', ['code'])),
      one('updateMany', ['account', { where: { id: 'a1' } }, { code: 'C2' }], duplicate('account', ['code'])),
      one(
        'bulkUpdate',
        [
          'account',
          [
            { id: 'a2', data: { notes: 'new' } },
            { id: 'a1', data: { code: 'C2' } },
          ],
        ],
        { code: 'unique_violation', details: { object: 'account', fields: ['code'], index: 1 } },
      ),
    ],
  },
  {
    id: 'duplicate-in-call',
    what: 'Two records of one call have the same value of a unique field.',
    calls: () => [
      one(
        'bulkCreate',
        [
          'account',
          [
            { name: 'Cone', code: 'C3' },
            { name: 'Dune', code: 'C3' },
          ],
        ],
        duplicate('account', ['code']),
      ),
      one('updateMany', ['account', { where: {} }, { code: 'C3' }], duplicate('account', ['code'])),
    ],
  },
  {
    id: 'duplicate-in-other-case',
    what: 'The value of a unique field with `caseSensitive: false` differs only in the case of A to Z.',
    calls: () => duplicates({ nick: 'aCE' }, ['nick']),
  },
  {
    id: 'duplicate-together',
    what: 'Another record has the same values of the fields of a unique index.',
    calls: () => [
      one('create', ['booking', { day: '2026-01-01', room: 'r1' }], duplicate('booking', ['day', 'room'])),
    ],
  },
  {
    id: 'lookup-to-missing-record',
    what: 'A lookup refers to a record that does not exist.',
    calls: () => [
      one('create', ['contact', { account: 'none' }], dangling),
      one('upsert', ['contact', { id: 'new', account: 'none' }, ['id']], dangling),
      one('update', ['contact', 'c1', { account: 'none' }], dangling),
      one('updateMany', ['contact', { where: {} }, { account: 'none' }], dangling),
      one('bulkCreate', ['contact', [{ name: 'Bob' }, { account: 'none' }]], dangling),
      one('bulkUpdate', ['contact', [{ id: 'c1', data: { account: 'none' } }]], dangling),
    ],
  },
  {
    id: 'referenced-record',
    what: 'A deleted record is referenced by a lookup with `restrict`.',
    calls: () => [
      one('delete', ['account', 'a2'], referenced),
      one('bulkDelete', ['account', ['a1', 'a2']], referenced),
      one('deleteMany', ['account', { where: {} }], referenced),
    ],
  },
  {
    id: 'referenced-record-in-transaction',
    what: 'In a transaction, a deleted record is referenced by a lookup with `restrict`; the call is rejected, not the commit.',
    transaction: 'open',
    calls: (transaction) => [one('delete', ['account', 'a2', { transaction }], referenced)],
  },
  {
    id: 'missing-record',
    what: 'The updated record does not exist.',
    calls: () => [
      one('update', ['folder', 'none', { name: 'new' }], missing({})),
      one(
        'bulkUpdate',
        [
          'folder',
          [
            { id: 'f1', data: { name: 'new' } },
            { id: 'none', data: { name: 'new' } },
          ],
        ],
        missing({ index: 1 }),
      ),
    ],
  },
  {
    id: 'several-mistakes',
    what: 'The record does not exist, and a value is not valid; either may be reported.',
    calls: () => [
      {
        method: 'update',
        args: ['folder', 'none', { nothing: 1 }],
        answers: [
          missing({}),
          {
            code: 'validation_failed',
            details: { object: 'folder', violations: [{ field: 'nothing', rule: 'unknown_field' }] },
          },
        ],
      },
      {
        method: 'updateMany',
        args: ['folder', { where: { title: 'x' } }, { nothing: 1 }],
        answers: [
          { code: 'invalid_filter', details: { path: '/where/title' } },
          {
            code: 'validation_failed',
            details: { object: 'folder', violations: [{ field: 'nothing', rule: 'unknown_field' }] },
          },
        ],
      },
    ],
  },
];
