import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { adapting, type DriverChecks, ifCapable } from './driver-trial.js';
import { supportedCases } from './uses-of.js';

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
  { id: 'a3', name: 'Cone', notes: 'lost', budget: 5, active: false },
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
  [{ function: 'max', field: 'active' }, [null, false, true]],
  [{ function: 'array_agg', field: 'budget' }, [[null], [5, 5], [0.1 + 0.2, 10]]],
  [{ function: 'array_agg', field: 'budget', distinct: true }, [[null], [5], [0.1 + 0.2, 10]]],
  [{ function: 'string_agg', field: 'name' }, ['Emil', 'Cone,Dune', 'Acme,Bolt']],
  [{ function: 'string_agg', field: 'code' }, [null, null, 'x,y']],
];

/** Asserts the value of each aggregate for the groups without notes, lost and won. */
async function assertAggregates(driver: IDataDriver, aggregates: typeof FUNCTIONS): Promise<void> {
  const queryOf = (node: Omit<Node, 'alias'>) => ({
    groupBy: ['notes'],
    aggregations: [{ ...node, alias: 'v' }],
  });
  const toCall = ([node]: (typeof FUNCTIONS)[number]) => ({
    method: 'find',
    args: ['account', queryOf(node)],
  });
  for (const [node, [none, lost, won]] of supportedCases(driver, aggregates, toCall)) {
    assert.deepEqual(
      await driver.find('account', queryOf(node)),
      [
        { notes: null, v: none },
        { notes: 'lost', v: lost },
        { notes: 'won', v: won },
      ],
      JSON.stringify(node),
    );
  }
}

export const valuesChecks: DriverChecks = {
  functions: adapting(
    ['queryFilters'],
    ifCapable(
      'queryAggregations',
      'every aggregate function treats missing values as specified',
      async (trial) => assertAggregates(await filled(trial), FUNCTIONS),
    ),
  ),
  lists: ifCapable(
    ['queryAggregations', 'arrayFields'],
    'count_distinct counts lists, and array_agg returns them and missing values',
    async (trial) => {
      const driver = await filled(trial);
      await driver.update('account', 'a3', { tags: ['t'] });
      await assertAggregates(driver, [
        [{ function: 'count_distinct', field: 'tags' }, [0, 1, 0]],
        [{ function: 'array_agg', field: 'tags' }, [[null], [null, ['t']], [null, null]]],
      ]);
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
  having: ifCapable(['queryAggregations', 'queryFilters'], 'having selects groups', async (trial) => {
    const driver = await filled(trial);
    const rows = await driver.find('account', {
      groupBy: ['notes'],
      aggregations: [{ function: 'sum', field: 'budget', alias: 'total' }],
      having: { total: { $gt: 10 } },
    });
    assert.deepEqual(rows, [{ notes: 'won', total: 10.3 }]);
  }),
  'where-and-order': ifCapable(
    ['queryAggregations', 'queryFilters', 'querySorting', 'queryPagination'],
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
  distinct: ifCapable('queryAggregations', 'distinct returns equal rows once, in order', async (trial) => {
    const driver = await filled(trial);
    assert.deepEqual(await driver.find('account', { distinct: true, fields: ['notes', 'budget'] }), [
      { notes: null, budget: null },
      { notes: 'lost', budget: 5 },
      { notes: 'won', budget: 0.1 + 0.2 },
      { notes: 'won', budget: 10 },
    ]);
  }),
  'aliases-differ-in-case': ifCapable(
    ['queryAggregations', 'caseSensitiveAliases'],
    'a row can contain names that differ only in case',
    async (trial) => {
      const driver = await filled(trial);
      const aggregations: Node[] = [
        { function: 'count', alias: 'NOTES' },
        { function: 'sum', field: 'budget', alias: 'Notes' },
      ];
      assert.deepEqual(await driver.find('account', { groupBy: ['notes'], aggregations }), [
        { notes: null, NOTES: 1, Notes: null },
        { notes: 'lost', NOTES: 2, Notes: 10 },
        { notes: 'won', NOTES: 2, Notes: 10.3 },
      ]);
    },
  ),
};
