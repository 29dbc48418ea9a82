import type { Mistake, MistakenCall } from './mistake.js';

type Code = 'destructive_not_allowed' | 'invalid_request';

/** A deployment of one object with each method. */
const deployments = (
  object: unknown,
  definition: unknown,
  code: Code = 'invalid_request',
): MistakenCall[] => [
  { method: 'syncSchema', args: [object, definition], answers: [{ code, details: {} }] },
  { method: 'syncSchemasBatch', args: [[{ object, definition }]], answers: [{ code, details: {} }] },
];

const plain = (field: object) => ({ name: 'plain', fields: { name: { type: 'text' }, size: field } });

/** Mistakes in deployed definitions. */
export const SCHEMA_MISTAKES: readonly Mistake[] = [
  {
    id: 'no-definition',
    what: 'The definition is not an object.',
    calls: () => [undefined, null, 'x', []].flatMap((definition) => deployments('plain', definition)),
  },
  {
    id: 'malformed-definition',
    what: 'The definition does not match `ObjectDefinitionSchema`.',
    calls: () => [
      ...deployments('plain', {}),
      ...deployments('plain', plain({ type: 'nothing' })),
      ...deployments('Plain', { name: 'Plain', fields: {} }),
    ],
  },
  {
    id: 'other-name',
    what: 'The definition has a name other than the object of the call.',
    calls: () => deployments('other', plain({ type: 'number' })),
  },
  {
    id: 'no-name',
    what: 'The name of the object is not a string.',
    calls: () => deployments(1, plain({ type: 'number' })),
  },
  {
    id: 'default-of-wrong-type',
    what: 'A field cannot store its own default value.',
    calls: () => deployments('plain', plain({ type: 'number', defaultValue: 'two' })),
  },
  {
    id: 'backfill-of-wrong-type',
    what: 'A field cannot store its own backfill value.',
    calls: () => deployments('plain', plain({ type: 'number', backfill: 'two' })),
  },
  {
    id: 'unknown-autonumber-token',
    what: 'The format of an autonumber contains a token that is neither a date nor a field.',
    calls: () => deployments('plain', plain({ type: 'autonumber', format: 'A-{nothing}-{000}' })),
  },
  {
    id: 'no-list',
    what: 'The objects of a batch are not a list of objects.',
    calls: () =>
      [undefined, null, {}, [null]].map((schemas) => ({
        method: 'syncSchemasBatch',
        args: [schemas],
        answers: [{ code: 'invalid_request', details: {} }],
      })),
  },
  {
    id: 'removed-field',
    what: 'The definition does not contain a deployed field, whose values would be removed.',
    calls: () =>
      deployments(
        'folder',
        { name: 'folder', fields: { name: { type: 'text' } } },
        'destructive_not_allowed',
      ),
  },
];
