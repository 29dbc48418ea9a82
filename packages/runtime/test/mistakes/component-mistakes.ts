import { account, type BundleMistake, seeds } from './bundle-mistake.js';

const view = (definition: Record<string, unknown>) => ({
  objects: [account],
  views: [{ name: 'all', object: 'account', ...definition }],
});
const flow = (definition: Record<string, unknown>) => ({
  objects: [account],
  flows: [{ name: 'flow', label: 'Flow', type: 'autolaunched', nodes: [], edges: [], ...definition }],
});
const permissions = (definition: Record<string, unknown>) => ({
  objects: [account],
  permissions: [{ name: 'user', objects: {}, ...definition }],
});

/** Mistakes in seeds. */
export const SEED_MISTAKES: readonly BundleMistake[] = [
  [
    'an unknown object',
    { ...seeds({}), seedData: [{ object: 'acount', records: [] }] },
    'warning unknown_object /seedData/0/object',
    'Did you mean `account`?',
  ],
  [
    'a misspelled field',
    seeds({ records: [{ nmae: 'Acme' }], externalId: 'size', mode: 'insert' }),
    'error unknown_field /seedData/0/records/0/nmae',
    'Did you mean `name`?',
  ],
  [
    'a text for a number',
    seeds({ records: [{ name: 'Acme', size: '5' }] }),
    'error invalid_value /seedData/0/records/0/size',
    'must be a number',
  ],
  [
    'a label for an option',
    {
      objects: [
        {
          name: 'account',
          fields: { name: { type: 'select', options: [{ label: 'Closed', value: 'done' }] } },
        },
      ],
      seedData: [{ object: 'account', records: [{ name: 'Closed' }] }],
    },
    'warning option_violation /seedData/0/records/0/name',
    'Did you mean `done`?',
  ],
  [
    'a misspelled mode',
    seeds({ mode: 'upsrt', records: [] }),
    'error invalid_shape /seedData/0/mode',
    'Did you mean `upsert`?',
  ],
  [
    'a whole word for an environment',
    seeds({ env: ['production'], records: [] }),
    'error invalid_shape /seedData/0/env/0',
    'Did you mean `prod`?',
  ],
  [
    'an unknown key field',
    seeds({ externalId: 'nmae', records: [] }),
    'error unknown_field /seedData/0/externalId',
    'Did you mean `name`?',
  ],
  [
    'a record without its key',
    seeds({ records: [{ size: 1 }] }),
    'warning required_violation /seedData/0/records/0/name',
    'lacks name',
  ],
  [
    'the same key twice',
    seeds({ records: [{ name: 'Acme' }, { name: 'Acme' }] }),
    'warning duplicate_name /seedData/0/records/1',
    'has the same name',
  ],
  ['no records', seeds({}), 'error invalid_shape /seedData/0/records', 'List of records to write'],
  [
    'records under another key',
    seeds({ record: [{ name: 'Acme' }] }),
    'error misspelled_key /seedData/0/record',
    'Did you mean `records`?',
  ],
  [
    'one record instead of a list',
    seeds({ records: { name: 'Acme' } }),
    'error invalid_shape /seedData/0/records',
    'Expected a list',
  ],
];

/** Mistakes in views, flows and permission sets: all of them are stored only. */
export const STORED_MISTAKES: readonly BundleMistake[] = [
  [
    'a view of an unknown object',
    view({ object: 'acount' }),
    'warning unknown_object /views/0/object',
    'Did you mean `account`?',
  ],
  [
    'an unknown column',
    view({ list: { type: 'grid', columns: ['nmae'] } }),
    'warning unknown_field /views/0/list/columns/0',
    'Did you mean `name`?',
  ],
  [
    'an unknown layout',
    view({ list: { type: 'table', columns: ['name'] } }),
    'warning unknown_shape /views/0/list/type',
    'Expected one of grid, kanban',
  ],
  [
    'a view without a name',
    { objects: [account], views: [{ object: 'account' }] },
    'error invalid_shape /views/0/name',
    'The required key name is missing',
  ],
  [
    'two views of one name',
    {
      objects: [account],
      views: [
        { name: 'all', object: 'account' },
        { name: 'all', object: 'account' },
      ],
    },
    'error duplicate_name /views/1/name',
    'must be unique',
  ],
  [
    'an edge to a missing node',
    flow({ nodes: [{ id: 'a', type: 'start', label: 'A' }], edges: [{ id: 'e', source: 'a', target: 'b' }] }),
    'warning missing_reference /flows/0/edges/0/target',
    'The flow has no node b',
  ],
  [
    'a node for an unknown object',
    flow({ nodes: [{ id: 'a', type: 'start', label: 'A', config: { objectName: 'acount' } }] }),
    'warning unknown_object /flows/0/nodes/0/config/objectName',
    'Did you mean `account`?',
  ],
  [
    'an unknown type of flow',
    flow({ type: 'scheduled' }),
    'warning unknown_shape /flows/0/type',
    'Did you mean `schedule`?',
  ],
  [
    'a permission on an unknown object',
    permissions({ objects: { acount: { allowRead: true } } }),
    'warning unknown_object /permissions/0/objects/acount',
    'Did you mean `account`?',
  ],
  [
    'a permission on an unknown field',
    permissions({ fields: { 'account.nmae': { readable: true } } }),
    'warning unknown_field /permissions/0/fields/account.nmae',
    'Did you mean `name`?',
  ],
  [
    'a misspelled permission',
    permissions({ objects: { account: { alowRead: true } } }),
    'warning misspelled_key /permissions/0/objects/account/alowRead',
    'Did you mean `allowRead`?',
  ],
];
