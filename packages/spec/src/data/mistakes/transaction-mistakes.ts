import type { Mistake, MistakeAnswer, MistakenCall } from './mistake.js';

const invalid: MistakeAnswer = { code: 'invalid_transaction', details: {} };

/** Calls of every kind in a transaction that cannot be used. */
function callsIn(transaction: unknown): MistakenCall[] {
  const options = { transaction };
  const calls: Omit<MistakenCall, 'answers'>[] = [
    { method: 'find', args: ['folder', {}, options] },
    { method: 'findOne', args: ['folder', {}, options] },
    { method: 'findStream', args: ['folder', {}, options] },
    { method: 'count', args: ['folder', {}, options] },
    { method: 'create', args: ['folder', { name: 'new' }, options] },
    { method: 'update', args: ['folder', 'f1', { name: 'new' }, options] },
    { method: 'upsert', args: ['folder', { id: 'f1', name: 'new' }, ['id'], options] },
    { method: 'delete', args: ['folder', 'f1', options] },
    { method: 'bulkCreate', args: ['folder', [{ name: 'new' }], options] },
    { method: 'bulkUpdate', args: ['folder', [{ id: 'f1', data: { name: 'new' } }], options] },
    { method: 'bulkDelete', args: ['folder', ['f1'], options] },
    { method: 'updateMany', args: ['folder', { where: {} }, { name: 'new' }, options] },
    { method: 'deleteMany', args: ['folder', { where: {} }, options] },
    { method: 'beginTransaction', args: [options] },
    { method: 'commit', args: [transaction] },
  ];
  return calls.map((call) => ({ ...call, answers: [invalid] }));
}

/** Mistakes in the transaction of a call. */
export const TRANSACTION_MISTAKES: readonly Mistake[] = [
  {
    id: 'ended',
    what: 'The transaction has ended.',
    transaction: 'ended',
    calls: callsIn,
  },
  {
    id: 'unknown',
    what: 'The transaction was not opened by the driver.',
    calls: () => callsIn({ id: 'none' }),
  },
  {
    id: 'malformed',
    what: 'The transaction is not an object with an `id`.',
    calls: () => [{}, 'x'].flatMap((transaction) => callsIn(transaction)),
  },
  {
    id: 'absent',
    what: '`commit` is called without a transaction.',
    calls: () =>
      [undefined, null].map((transaction) => ({ method: 'commit', args: [transaction], answers: [invalid] })),
  },
];
