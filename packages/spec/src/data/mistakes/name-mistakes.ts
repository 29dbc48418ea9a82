import type { Mistake, MistakeAnswer, MistakenCall } from './mistake.js';

/** A valid call of every method that takes the name of an object. */
function callsOn(object: unknown, answer: MistakeAnswer): MistakenCall[] {
  const calls: Omit<MistakenCall, 'answers'>[] = [
    { method: 'find', args: [object] },
    { method: 'findOne', args: [object, {}] },
    { method: 'findStream', args: [object, {}] },
    { method: 'count', args: [object, {}] },
    { method: 'explain', args: [object, {}] },
    { method: 'create', args: [object, {}] },
    { method: 'update', args: [object, 'f1', {}] },
    { method: 'upsert', args: [object, { id: 'f1' }, ['id']] },
    { method: 'delete', args: [object, 'f1'] },
    { method: 'bulkCreate', args: [object, [{}]] },
    { method: 'bulkUpdate', args: [object, [{ id: 'f1', data: {} }]] },
    { method: 'bulkDelete', args: [object, ['f1']] },
    { method: 'updateMany', args: [object, { where: {} }, {}] },
    { method: 'deleteMany', args: [object, { where: {} }] },
  ];
  return calls.map((call) => ({ ...call, answers: [answer] }));
}

const unknown = (object: string): MistakenCall[] =>
  callsOn(object, { code: 'object_not_found', details: { object } });

/** Mistakes in the name of an object. */
export const NAME_MISTAKES: readonly Mistake[] = [
  { id: 'unknown', what: 'No object of this name is deployed.', calls: () => unknown('nothing') },
  {
    id: 'other-case',
    what: 'The name differs in letter case from the name of a deployed object.',
    calls: () => unknown('Folder'),
  },
  {
    id: 'inherited-name',
    what: 'The object name is that of a property which every JavaScript object inherits.',
    calls: () => unknown('constructor'),
  },
  {
    id: 'system-table',
    what: 'The name is that of a system table, and the call is not a system call.',
    calls: () => unknown('_os_deployment'),
  },
  {
    id: 'no-text',
    what: 'The name is not a string.',
    calls: () =>
      [undefined, null, 1].flatMap((object) =>
        callsOn(object, { code: 'invalid_request', details: { path: '/object' } }),
      ),
  },
];
