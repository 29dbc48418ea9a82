import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable, must } from './driver-trial.js';

const RECORDS = [
  { id: 'a1', name: 'Acme', code: 'x', notes: 'won', budget: 10, active: false, opened_on: '2026-01-02' },
  {
    id: 'a2',
    name: 'Bolt',
    code: 'y',
    notes: 'won',
    budget: 0.1 + 0.2,
    active: true,
    opened_on: '2026-01-01',
  },
  { id: 'a3', name: 'Cone', notes: 'lost', budget: 5, active: false, tags: ['t'] },
  { id: 'a4', name: 'Dune', notes: 'lost', budget: 5 },
  { id: 'a5', name: 'Emil', opened_on: '2026-03-01' },
];

async function filled({ driver }: { driver: IDataDriver }): Promise<IDataDriver> {
  for (const record of RECORDS) await driver.create('account', record);
  return driver;
}

type Node = NonNullable<QueryInput['aggregations']>[number];

/** Each function with its expected values for the groups without notes, lost and won. */
const FUNCTIONS: readonly (readonly [Omit<Node, 'alias'>, readonly unknown[]])[] = [
  [{ function: 'count' }, [1, 2, 2]],
  [{ function: 'count', field: 'active' }, [0, 1, 2]],
  [{ function: 'count', field: 'budget', distinct: true }, [0, 1, 2]],
  [{ function: 'count_distinct', field: 'budget' }, [0, 1, 2]],
  [{ function: 'count', filter: { budget: { $gt: 4 } } }, [0, 2, 1]],
  [{ function: 'sum', field: 'budget' }, [null, 10, 10.3]],
  [{ function: 'sum', field: 'budget', distinct: true }, [null, 5, 10.3]],
  [{ function: 'avg', field: 'budget' }, [null, 5, 5.15]],
  [{ function: 'min', field: 'opened_on' }, ['2026-03-01', null, '2026-01-01']],
  [{ function: 'max', field: 'budget' }, [null, 5, 10]],
  [{ function: 'max', field: 'name' }, ['Emil', 'Dune', 'Bolt']],
  [{ function: 'min', field: 'active' }, [null, false, false]],
  [{ function: 'array_agg', field: 'budget' }, [[null], [5, 5], [0.1 + 0.2, 10]]],
  [{ function: 'array_agg', field: 'budget', distinct: true }, [[null], [5], [0.1 + 0.2, 10]]],
  [{ function: 'array_agg', field: 'tags' }, [[null], [null, ['t']], [null, null]]],
  [{ function: 'string_agg', field: 'name' }, ['Emil', 'Cone,Dune', 'Acme,Bolt']],
  [{ function: 'string_agg', field: 'code' }, [null, null, 'x,y']],
];

const MISTAKES: readonly (readonly [unknown, string])[] = [
  [{ aggregations: [] }, '/aggregations'],
  [{ aggregations: [{ function: 'median', field: 'budget', alias: 'v' }] }, '/aggregations/0/function'],
  [{ aggregations: [{ function: 'sum', alias: 'v' }] }, '/aggregations/0/field'],
  [{ aggregations: [{ function: 'sum', field: 'name', alias: 'v' }] }, '/aggregations/0/field'],
  [{ aggregations: [{ function: 'string_agg', field: 'budget', alias: 'v' }] }, '/aggregations/0/field'],
  [{ aggregations: [{ function: 'min', field: 'tags', alias: 'v' }] }, '/aggregations/0/field'],
  [{ aggregations: [{ function: 'count', alias: 'x y' }] }, '/aggregations/0/alias'],
  [{ groupBy: ['name'], aggregations: [{ function: 'count', alias: 'name' }] }, '/aggregations/0/alias'],
  [{ groupBy: ['name'], aggregations: [{ function: 'count', alias: 'NAME' }] }, '/aggregations/0/alias'],
  [{ groupBy: ['nothing'] }, '/groupBy/0'],
  [{ groupBy: ['tags'] }, '/groupBy/0'],
  [{ groupBy: ['name'], fields: ['name'] }, '/fields'],
  [{ groupBy: ['name'], orderBy: [{ field: 'budget' }] }, '/orderBy/0/field'],
  [{ groupBy: ['name'], cursor: { id: 'a1' } }, '/cursor'],
  [{ groupBy: ['account'], expand: { account: {} } }, '/expand'],
  [{ having: { name: 'x' } }, '/having'],
  [{ distinct: true }, '/fields'],
];

export const valuesChecks: DriverChecks = {
  functions: ifCapable(
    'queryAggregations',
    'every aggregate function treats missing values as specified',
    async (trial) => {
      const driver = await filled(trial);
      for (const [node, [none, lost, won]] of FUNCTIONS) {
        const rows = await driver.find('account', {
          groupBy: ['notes'],
          aggregations: [{ ...node, alias: 'v' }],
        });
        assert.deepEqual(
          rows,
          [
            { notes: null, v: none },
            { notes: 'lost', v: lost },
            { notes: 'won', v: won },
          ],
          JSON.stringify(node),
        );
      }
    },
  ),
  'over-everything': ifCapable(
    'queryAggregations',
    'without groups there is one row, even without records',
    async ({ driver }) => {
      const aggregations: Node[] = [
        { function: 'count', alias: 'records' },
        { function: 'sum', field: 'budget', alias: 'total' },
        { function: 'array_agg', field: 'name', alias: 'names' },
      ];
      assert.deepEqual(await driver.find('account', { aggregations }), [
        { records: 0, total: null, names: [] },
      ]);
      assert.deepEqual(await driver.find('account', { groupBy: ['name'], aggregations }), []);
    },
  ),
  having: ifCapable('queryAggregations', 'having selects groups', async (trial) => {
    const driver = await filled(trial);
    const rows = await driver.find('account', {
      groupBy: ['notes'],
      aggregations: [{ function: 'sum', field: 'budget', alias: 'total' }],
      having: { total: { $gt: 10 } },
    });
    assert.deepEqual(rows, [{ notes: 'won', total: 10.3 }]);
    const mistake = driver.find('account', { groupBy: ['notes'], having: { budget: 1 } });
    assert.equal((await refused(mistake, 'invalid_filter')).details.path, '/having/budget');
  }),
  'where-and-order': ifCapable(
    'queryAggregations',
    'filters apply before grouping, sort order and limit after it',
    async (trial) => {
      const driver = await filled(trial);
      const rows = await driver.find('account', {
        where: { budget: { $ne: 10 } },
        groupBy: ['notes'],
        aggregations: [{ function: 'count', alias: 'records' }],
        orderBy: [{ field: 'records', order: 'desc' }],
        limit: 2,
      });
      assert.deepEqual(rows, [
        { notes: 'lost', records: 2 },
        { notes: null, records: 1 },
      ]);
    },
  ),
  distinct: must('distinct returns equal rows once, in order', async (trial) => {
    const driver = await filled(trial);
    assert.deepEqual(await driver.find('account', { distinct: true, fields: ['notes', 'budget'] }), [
      { notes: null, budget: null },
      { notes: 'lost', budget: 5 },
      { notes: 'won', budget: 0.1 + 0.2 },
      { notes: 'won', budget: 10 },
    ]);
  }),
  'refuses-mistakes': ifCapable(
    'queryAggregations',
    'an invalid query is rejected with invalid_query and its path',
    async ({ driver }) => {
      for (const [query, path] of MISTAKES) {
        const object = path === '/expand' ? 'contact' : 'account';
        const error = await refused(driver.find(object, query as QueryInput), 'invalid_query');
        assert.equal(error.details.path, path, JSON.stringify(query));
      }
    },
  ),
};

const REFUSALS: Readonly<Record<string, (driver: IDataDriver) => Promise<unknown>>> = {
  joins: (driver) =>
    driver.find('contact', { joins: [{ type: 'inner', object: 'account', on: { id: 'x' } }] }),
  fullTextSearch: (driver) => driver.find('account', { search: { query: 'acme' } }),
  queryWindowFunctions: (driver) =>
    driver.find('account', { windowFunctions: [{ function: 'rank', alias: 'r', over: {} }] }),
  queryAggregations: (driver) => driver.find('account', { groupBy: ['name'] }),
  streaming: async (driver) => {
    for await (const _ of driver.findStream('account'));
  },
  transactions: (driver) => driver.beginTransaction(),
  bulkCreate: (driver) => driver.bulkCreate('folder', [{}]),
  bulkUpdate: (driver) => driver.bulkUpdate('folder', [{ id: 'f1', data: {} }]),
  bulkDelete: (driver) => driver.bulkDelete('folder', ['f1']),
  migrations: (driver) => driver.executeAtomic([{ sql: 'SELECT 1' }]),
};

/** Checks that a driver rejects calls to an undeclared capability. */
export const REFUSAL_CHECKS = Object.fromEntries(
  Object.entries(REFUSALS).map(([capability, call]) => [
    capability,
    must(
      `without ${capability}, calls that require it are rejected with not_supported`,
      async ({ driver }) => {
        await refused(call(driver), 'not_supported');
      },
    ),
  ]),
);
