import { answersAt, type Mistake, type MistakenCall, type MistakenMethod } from './mistake.js';

const reject = (method: MistakenMethod, args: readonly unknown[], path: string): MistakenCall => ({
  method,
  args,
  answers: answersAt('invalid_request', path),
});

const NO_RECORDS: readonly (() => unknown)[] = [
  () => null,
  () => [],
  () => 'x',
  () => 1,
  () => new Map([['name', 'new']]),
  () => Promise.resolve({ name: 'new' }),
  () => new Date(0),
];
const NO_IDS: readonly unknown[] = [undefined, null, 1, {}, ['f1'], 'a\0b'];
const NO_LISTS: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => ({}),
  () => 'f1',
  () => new Set(['f1']),
];
const NO_ITEMS: readonly (() => unknown)[] = [() => null, () => 'f1', () => new Map(), () => ['f1']];

/** Arguments that TypeScript would reject. The path begins with the name of the parameter. */
export const ARGUMENT_MISTAKES: readonly Mistake[] = [
  {
    id: 'no-record',
    what: 'The values of a record are not an object.',
    calls: () => NO_RECORDS.map((value) => reject('create', ['folder', value()], '/data')),
  },
  {
    id: 'no-changes',
    what: 'The changes of a record are not an object.',
    calls: () => [
      ...NO_RECORDS.map((value) => reject('update', ['folder', 'f1', value()], '/data')),
      ...NO_RECORDS.map((value) => reject('updateMany', ['folder', { where: {} }, value()], '/data')),
    ],
  },
  {
    id: 'no-upserted-record',
    what: 'The values of an upserted record are not an object.',
    calls: () => NO_RECORDS.map((value) => reject('upsert', ['folder', value()], '/data')),
  },
  {
    id: 'no-id',
    what: 'An id is not a string that can be stored.',
    calls: () => [
      ...NO_IDS.map((id) => reject('update', ['folder', id, { name: 'new' }], '/id')),
      ...NO_IDS.map((id) => reject('delete', ['folder', id], '/id')),
    ],
  },
  {
    id: 'no-list-of-records',
    what: 'The records of a bulk operation are not a list.',
    calls: () => [
      ...NO_LISTS.map((value) => reject('bulkCreate', ['folder', value()], '/data')),
      ...NO_LISTS.map((value) => reject('bulkUpdate', ['folder', value()], '/updates')),
      ...NO_LISTS.map((value) => reject('bulkDelete', ['folder', value()], '/ids')),
    ],
  },
  {
    id: 'no-record-in-list',
    what: 'An item of a bulk operation is not an object.',
    calls: () => [
      ...NO_ITEMS.map((item) => reject('bulkCreate', ['folder', [{ name: 'new' }, item()]], '/data/1')),
      ...NO_ITEMS.map((item) =>
        reject('bulkUpdate', ['folder', [{ id: 'f1', data: { name: 'new' } }, item()]], '/updates/1'),
      ),
    ],
  },
  {
    id: 'sparse-list',
    what: 'The list of a bulk operation is a sparse array.',
    calls: () => [
      reject('bulkCreate', ['folder', Array(1)], '/data/0'),
      reject('bulkUpdate', ['folder', Array(1)], '/updates/0'),
      reject('bulkDelete', ['folder', ['f1', ...Array(1)]], '/ids/1'),
    ],
  },
  {
    id: 'no-id-in-list',
    what: 'An id of a bulk operation is not a string that can be stored.',
    calls: () => [
      ...NO_IDS.map((id) => reject('bulkDelete', ['folder', ['f1', id]], '/ids/1')),
      ...NO_IDS.map((id) =>
        reject('bulkUpdate', ['folder', [{ id, data: { name: 'new' } }]], '/updates/0/id'),
      ),
    ],
  },
  {
    id: 'no-changes-in-list',
    what: 'The changes of an item of a bulk operation are not an object.',
    calls: () =>
      NO_RECORDS.map((value) =>
        reject('bulkUpdate', ['folder', [{ id: 'f1', data: value() }]], '/updates/0/data'),
      ),
  },
  {
    id: 'no-options',
    what: 'The options of a call are not an object.',
    calls: () =>
      [null, 'x', []].flatMap((options) => [
        reject('find', ['folder', {}, options], '/options'),
        reject('create', ['folder', { name: 'new' }, options], '/options'),
        reject('beginTransaction', [options], '/options'),
      ]),
  },
  {
    id: 'no-signal',
    what: 'The signal of a call is not an AbortSignal.',
    calls: () =>
      [{}, 'x', null].flatMap((signal) => [
        reject('find', ['folder', {}, { signal }], '/options/signal'),
        reject('create', ['folder', { name: 'new' }, { signal }], '/options/signal'),
        reject('beginTransaction', [{ signal }], '/options/signal'),
      ]),
  },
];
