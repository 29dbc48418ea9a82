import assert from 'node:assert/strict';
import type { DataRecord, IDataDriver } from '@objectstack/spec/contracts';
import { cursorAfter, type Filter, type QueryInput } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverCheck, type DriverChecks, ifCapable, must } from './driver-trial.js';

const RECORDS = [
  { id: 'a1', name: 'Acme', code: 'x', budget: 10, limit_amount: 10, active: true, opened_on: '2026-01-01' },
  { id: 'a2', name: 'acme', code: 'Y', budget: 9, limit_amount: 100, active: false, opened_on: '2026-01-02' },
  { id: 'a3', name: 'Bolt%', code: 'z_1', budget: 0.5, active: null, seen_at: '2026-01-01T10:00:00Z' },
  { id: 'a4', name: "O'Hara", limit_amount: 3, calls_at: '09:30', tags: ['t'] },
  { id: 'a5', name: 'Élan 😀', code: '', budget: null, opened_on: '2025-12-31', extra: null },
];

async function filled({ driver }: { driver: IDataDriver }): Promise<IDataDriver> {
  for (const record of RECORDS) await driver.create('account', record);
  return driver;
}

const idsOf = (records: readonly DataRecord[]) => records.map(({ id }) => id.slice(1)).join('');

/** Conditions by operator, each with the digits of the ids that meet it. */
const CONDITIONS: Readonly<Record<string, readonly (readonly [Filter, string])[]>> = {
  $eq: [
    [{ name: 'Acme' }, '1'],
    [{ name: { $eq: 'acme' } }, '2'],
    [{ budget: 9 }, '2'],
    [{ active: false }, '2'],
    [{ code: null }, '4'],
    [{ code: '' }, '5'],
    [{ opened_on: { $eq: '2026-01-01' } }, '1'],
    [{ seen_at: '2026-01-01T11:00:00+01:00' }, '3'],
    [{ tags: { $eq: null } }, '1235'],
  ],
  $ne: [
    [{ code: { $ne: 'x' } }, '2345'],
    [{ active: { $ne: true } }, '2345'],
    [{ code: { $ne: null } }, '1235'],
  ],
  $gt: [
    [{ budget: { $gt: 9 } }, '1'],
    [{ name: { $gt: 'Bolt%' } }, '245'],
  ],
  $gte: [
    [{ budget: { $gte: 9 } }, '12'],
    [{ opened_on: { $gte: '2026-01-01' } }, '12'],
  ],
  $lt: [
    [{ budget: { $lt: 9 } }, '3'],
    [{ name: { $lt: 'B' } }, '1'],
  ],
  $lte: [
    [{ budget: { $lte: 9 } }, '23'],
    [{ calls_at: { $lte: '09:30:00' } }, '4'],
  ],
  $in: [
    [{ name: { $in: ['Acme', "O'Hara", 'nobody'] } }, '14'],
    [{ budget: { $in: [0.5, 10] } }, '13'],
    [{ code: { $in: ['x', null] } }, '14'],
    [{ code: { $in: [] } }, ''],
  ],
  $nin: [
    [{ name: { $nin: ['Acme', "O'Hara"] } }, '235'],
    [{ code: { $nin: ['x'] } }, '2345'],
    [{ code: { $nin: ['x', null] } }, '235'],
    [{ code: { $nin: [] } }, '12345'],
  ],
  $between: [
    [{ budget: { $between: [0.5, 9] } }, '23'],
    [{ budget: { $between: [9, 0.5] } }, ''],
    [{ opened_on: { $between: ['2025-12-31', '2026-01-01'] } }, '15'],
  ],
  $contains: [
    [{ name: { $contains: 'c' } }, '12'],
    [{ name: { $contains: 'A' } }, '1'],
    [{ name: { $contains: '%' } }, '3'],
    [{ code: { $contains: '_' } }, '3'],
    [{ code: { $contains: '' } }, '1235'],
  ],
  $notContains: [
    [{ name: { $notContains: 'cme' } }, '345'],
    [{ code: { $notContains: 'x' } }, '2345'],
  ],
  $startsWith: [
    [{ name: { $startsWith: 'A' } }, '1'],
    [{ name: { $startsWith: 'Él' } }, '5'],
    [{ code: { $startsWith: '' } }, '1235'],
  ],
  $endsWith: [
    [{ name: { $endsWith: 'me' } }, '12'],
    [{ name: { $endsWith: '😀' } }, '5'],
    [{ code: { $endsWith: '' } }, '1235'],
  ],
  $null: [
    [{ active: { $null: true } }, '345'],
    [{ tags: { $null: false } }, '4'],
  ],
  $exists: [
    [{ active: { $exists: true } }, '12'],
    [{ extra: { $exists: true } }, ''],
    [{ tags: { $exists: false } }, '1235'],
  ],
};

const LOGIC: readonly (readonly [Filter, string])[] = [
  [{}, '12345'],
  [{ $and: [] }, '12345'],
  [{ $or: [] }, ''],
  [{ $not: {} }, ''],
  [{ $not: { $or: [] } }, '12345'],
  [{ name: 'Acme', budget: 9 }, ''],
  [{ budget: { $gt: 0, $lt: 10 } }, '23'],
  [{ $or: [{ name: 'Acme' }, { budget: 9 }] }, '12'],
  [{ $or: [{ name: 'Acme' }], budget: 9 }, ''],
  [{ $not: { code: 'x' } }, '2345'],
  [{ $not: { budget: { $gt: 1 } } }, '345'],
  [{ $and: [{ $or: [{ active: true }, { active: false }] }, { $not: { name: 'acme' } }] }, '1'],
];

/** Mistakes, and where they stand. */
const MISTAKES: readonly (readonly [unknown, string])[] = [
  [{ nothing: 1 }, '/where/nothing'],
  [{ Name: 'Acme' }, '/where/Name'],
  [{ constructor: 1 }, '/where/constructor'],
  [{ name: undefined }, '/where/name'],
  [{ name: {} }, '/where/name'],
  [{ name: { $eq: undefined } }, '/where/name/$eq'],
  [{ name: { $like: 'a' } }, '/where/name/$like'],
  [{ name: { eq: 'a' } }, '/where/name/eq'],
  [{ name: 1 }, '/where/name'],
  [{ name: ['Acme'] }, '/where/name'],
  [{ budget: '9' }, '/where/budget'],
  [{ budget: { $gt: null } }, '/where/budget/$gt'],
  [{ budget: { $contains: '9' } }, '/where/budget/$contains'],
  [{ active: { $gt: false } }, '/where/active/$gt'],
  [{ tags: ['t'] }, '/where/tags'],
  [{ label: 'x' }, '/where/label'],
  [{ name: { $in: 'Acme' } }, '/where/name/$in'],
  [{ name: { $in: [1] } }, '/where/name/$in'],
  [{ name: { $contains: 'a\0b' } }, '/where/name/$contains'],
  [{ name: { $startsWith: 'half \ud83d' } }, '/where/name/$startsWith'],
  [new Map([['name', 'Acme']]), '/where'],
  [Promise.resolve({ name: 'Acme' }), '/where'],
  [{ budget: { $between: [1] } }, '/where/budget/$between'],
  [{ name: { $null: 'yes' } }, '/where/name/$null'],
  [{ $or: { name: 'Acme' } }, '/where/$or'],
  [{ $and: [{ $or: [{ name: 'Acme' }, { nothing: 1 }] }] }, '/where/$and/0/$or/1/nothing'],
  [{ $not: [{ name: 'Acme' }] }, '/where/$not'],
  [{ $nor: [] }, '/where/$nor'],
  [{ name: { $eq: { $field: 'nothing' } } }, '/where/name/$eq'],
  [{ name: { $eq: { $field: 'budget' } } }, '/where/name/$eq'],
  ['name = 1', '/where'],
  [[], '/where'],
  [null, '/where'],
];

async function assertFinds(
  driver: IDataDriver,
  conditions: readonly (readonly [Filter, string])[],
): Promise<void> {
  for (const [where, ids] of conditions)
    assert.equal(idsOf(await driver.find('account', { where })), ids, JSON.stringify(where));
}

const operatorChecks = Object.fromEntries(
  Object.entries(CONDITIONS).map(([operator, conditions]): [string, DriverCheck] => [
    operator.slice(1),
    ifCapable(
      'queryFilters',
      `${operator} finds exactly what meets it, empty values and other case included`,
      async (trial) => assertFinds(await filled(trial), conditions),
    ),
  ]),
);

export const filterChecks: DriverChecks = {
  ...operatorChecks,
  logic: ifCapable('queryFilters', '$and, $or and $not combine, also of nothing', async (trial) =>
    assertFinds(await filled(trial), LOGIC),
  ),
  'field-to-field': ifCapable(
    'queryFilters',
    'compares a field with another one of the record',
    async (trial) =>
      assertFinds(await filled(trial), [
        [{ budget: { $eq: { $field: 'limit_amount' } } }, '15'],
        [{ budget: { $lt: { $field: 'limit_amount' } } }, '2'],
        [{ budget: { $ne: { $field: 'limit_amount' } } }, '234'],
      ]),
  ),
  'long-list': ifCapable('queryFilters', '$in takes thousands of values', async (trial) => {
    const driver = await filled(trial);
    const names = Array.from({ length: 5_000 }, (_, index) => `name ${index}`);
    assert.equal(idsOf(await driver.find('account', { where: { name: { $in: [...names, 'Acme'] } } })), '1');
  }),
  'refuses-mistakes': ifCapable(
    'queryFilters',
    'a mistake is invalid_filter with its path, and never passed over',
    async (trial) => {
      const driver = await filled(trial);
      for (const [where, path] of MISTAKES) {
        const error = await refused(driver.find('account', { where } as QueryInput), 'invalid_filter');
        assert.equal(error.details.path, path, JSON.stringify(where));
      }
    },
  ),
  'same-everywhere': ifCapable('queryFilters', 'findOne, count and find agree on a filter', async (trial) => {
    const driver = await filled(trial);
    for (const [where, ids] of LOGIC) {
      assert.equal(await driver.count('account', { where }), ids.length);
      assert.equal((await driver.findOne('account', { where }))?.id.slice(1), ids[0]);
    }
  }),
};

const QUERY_MISTAKES: readonly (readonly [unknown, string])[] = [
  [{ wher: {} }, '/wher'],
  [[], ''],
  [Promise.resolve({ limit: 1 }), ''],
  [{ limit: -1 }, '/limit'],
  [{ limit: 1.5 }, '/limit'],
  [{ limit: '1' }, '/limit'],
  [{ limit: 1, top: 2 }, '/top'],
  [{ fields: [] }, '/fields'],
  [{ fields: ['name', 'nothing'] }, '/fields/1'],
  [{ fields: ['label'] }, '/fields/0'],
  [{ orderBy: [{ field: 'nothing' }] }, '/orderBy/0/field'],
  [{ orderBy: [{ field: 'tags' }] }, '/orderBy/0/field'],
  [{ orderBy: [{ field: 'name', order: 'up' }] }, '/orderBy/0/order'],
  [{ object: 'contact' }, '/object'],
  [{ cursor: { id: 'a1' }, offset: 1 }, '/offset'],
  [{ cursor: { id: 'a1', name: 'x' } }, '/cursor/name'],
  [{ cursor: { id: 'a1' }, orderBy: [{ field: 'name' }] }, '/cursor/name'],
  [{ cursor: { id: 1 } }, '/cursor/id'],
];

const ORDERS: readonly (readonly [NonNullable<QueryInput['orderBy']>, string])[] = [
  [[], '12345'],
  [[{ field: 'id', order: 'desc' }], '54321'],
  [[{ field: 'name' }], '13425'],
  [[{ field: 'budget' }], '45321'],
  [[{ field: 'budget', order: 'desc' }], '12345'],
  [[{ field: 'opened_on', order: 'desc' }], '21534'],
  [[{ field: 'active' }, { field: 'name', order: 'desc' }], '54321'],
];

export const queryChecks: DriverChecks = {
  order: ifCapable(
    'querySorting',
    'orders by bytes and size, empty values first, ids last',
    async (trial) => {
      const driver = await filled(trial);
      for (const [orderBy, ids] of ORDERS)
        assert.equal(idsOf(await driver.find('account', { orderBy })), ids, JSON.stringify(orderBy));
    },
  ),
  'limit-and-offset': ifCapable(
    'queryPagination',
    'limit, top and offset cut the list; a limit of 0 leaves nothing',
    async (trial) => {
      const driver = await filled(trial);
      const cuts: [QueryInput, string][] = [
        [{ limit: 2 }, '12'],
        [{ top: 2 }, '12'],
        [{ limit: 2, top: 2, offset: 1 }, '23'],
        [{ offset: 3 }, '45'],
        [{ offset: 9 }, ''],
        [{ limit: 0 }, ''],
      ];
      for (const [query, ids] of cuts) assert.equal(idsOf(await driver.find('account', query)), ids);
      assert.equal(await driver.findOne('account', { limit: 0 }), null);
    },
  ),
  'cursor-pages': ifCapable(
    'queryPagination',
    'pages by cursor give every record once, in any order',
    async (trial) => {
      const driver = await filled(trial);
      for (const [orderBy, ids] of ORDERS) {
        const seen: DataRecord[] = [];
        for (let page = await driver.find('account', { orderBy, limit: 2 }); page.length > 0; ) {
          seen.push(...page);
          const cursor = cursorAfter(page.at(-1) as DataRecord, orderBy);
          page = await driver.find('account', { orderBy, limit: 2, cursor });
        }
        assert.equal(idsOf(seen), ids, JSON.stringify(orderBy));
      }
    },
  ),
  'cursor-is-stable': ifCapable(
    'queryPagination',
    'a record that is added behind the cursor does not move the next page',
    async (trial) => {
      const driver = await filled(trial);
      await driver.create('account', { id: 'a0', name: 'Early' });
      assert.equal(idsOf(await driver.find('account', { limit: 2, cursor: { id: 'a2' } })), '34');
    },
  ),
  fields: must('returns the fields that are asked for, and always the id', async (trial) => {
    const driver = await filled(trial);
    assert.deepEqual(await driver.find('account', { fields: ['budget', 'name'], limit: 1 }), [
      { id: 'a1', name: 'Acme', budget: 10 },
    ]);
  }),
  'finds-one': must('findOne returns the first in the order, or null', async (trial) => {
    const driver = await filled(trial);
    assert.equal(
      (await driver.findOne('account', { orderBy: [{ field: 'name', order: 'desc' }] }))?.id,
      'a5',
    );
    assert.equal(await driver.findOne('account', { where: { name: 'nobody' } }), null);
  }),
  'refuses-mistakes': must('a mistake is invalid_query with its path', async (trial) => {
    const driver = await filled(trial);
    for (const [query, path] of QUERY_MISTAKES) {
      const error = await refused(driver.find('account', query as QueryInput), 'invalid_query');
      assert.equal(error.details.path, path, JSON.stringify(query));
    }
  }),
  'count-takes-a-filter-only': must('count refuses what would be passed over', async ({ driver }) => {
    for (const query of [{ limit: 1 }, { orderBy: [] }, { fields: ['name'] }])
      await refused(driver.count('account', query as object), 'invalid_query');
  }),
  explain: must(
    'explain tells what would be done, without values, and refuses what find refuses',
    async (trial) => {
      const driver = await filled(trial);
      const { sql, steps } = await driver.explain('account', { where: { name: 'sesame' } });
      assert.ok(sql.length > 0 && steps.length > 0);
      assert.ok(!JSON.stringify({ sql, steps }).includes('sesame'));
      await refused(driver.explain('account', { where: { nothing: 1 } }), 'invalid_filter');
      await refused(driver.explain('account', { limit: -1 }), 'invalid_query');
    },
  ),
};

/** Folders in a row, each in the one before. */
async function nested(driver: IDataDriver, levels: number): Promise<void> {
  for (let level = 1; level <= levels; level++)
    await driver.create('folder', { id: `f${level}`, parent: level === 1 ? null : `f${level - 1}` });
}

const expandParents = (levels: number): QueryInput =>
  levels === 0 ? { fields: ['name'] } : { fields: ['name'], expand: { parent: expandParents(levels - 1) } };

const EXPAND_MISTAKES: readonly (readonly [unknown, string])[] = [
  [{ expand: { nothing: {} } }, '/expand/nothing'],
  [{ expand: { name: {} } }, '/expand/name'],
  [{ expand: { account: { where: {} } } }, '/expand/account/where'],
  [{ expand: { account: { expand: { code: {} } } } }, '/expand/account/expand/code'],
];

export const expandChecks: DriverChecks = {
  'one-level': must('puts the record that a lookup refers to in its place', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme', code: 'x' });
    await driver.create('contact', { id: 'c1', name: 'Ann', account: 'a1' });
    await driver.create('contact', { id: 'c2', name: 'Bob' });
    const found = await driver.find('contact', {
      fields: ['name'],
      expand: { account: { fields: ['code'] } },
    });
    assert.deepEqual(found, [
      { id: 'c1', name: 'Ann', account: { id: 'a1', code: 'x' } },
      { id: 'c2', name: 'Bob', account: null },
    ]);
  }),
  list: must(
    'puts records in place of a list of ids, in its order, and leaves out what is gone',
    async ({ driver }) => {
      await driver.create('account', { id: 'a1', name: 'Acme' });
      await driver.create('account', { id: 'a2', name: 'Bolt' });
      await driver.create('contact', { partners: ['a2', 'gone', 'a1'] });
      const [contact] = await driver.find('contact', { expand: { partners: { fields: ['name'] } } });
      assert.deepEqual(contact?.partners, [
        { id: 'a2', name: 'Bolt' },
        { id: 'a1', name: 'Acme' },
      ]);
    },
  ),
  'five-levels': must('follows lookups five levels deep, and refuses more', async ({ driver }) => {
    await nested(driver, 6);
    const found = await driver.findOne('folder', { where: { id: 'f6' }, ...expandParents(5) });
    let folder: unknown = found;
    for (const id of ['f6', 'f5', 'f4', 'f3', 'f2', 'f1']) {
      assert.equal((folder as DataRecord).id, id);
      folder = (folder as DataRecord).parent;
    }
    await refused(driver.find('folder', expandParents(6)), 'invalid_query');
  }),
  'refuses-mistakes': must(
    'refuses what is no lookup, and inner queries that would be passed over',
    async ({ driver }) => {
      for (const [query, path] of EXPAND_MISTAKES) {
        const error = await refused(driver.find('contact', query as QueryInput), 'invalid_query');
        assert.equal(error.details.path, path);
      }
    },
  ),
};

async function collect(records: AsyncIterable<DataRecord>): Promise<DataRecord[]> {
  const all: DataRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

export const streamChecks: DriverChecks = {
  'same-as-find': ifCapable('streaming', 'gives what find returns, in the same order', async (trial) => {
    const driver = await filled(trial);
    for (const query of [
      {},
      { where: { budget: { $gt: 0 } } },
      { orderBy: [{ field: 'name', order: 'desc' as const }], fields: ['code'] },
      { limit: 2, offset: 1 },
      { limit: 0 },
    ])
      assert.deepEqual(
        await collect(driver.findStream('account', query)),
        await driver.find('account', query),
      );
    await driver.create('contact', { id: 'c1', account: (await driver.findOne('account'))?.id });
    const expanding = {
      fields: ['name'],
      orderBy: [{ field: 'account' }],
      expand: { account: { fields: ['name'] } },
    };
    assert.deepEqual(
      await collect(driver.findStream('contact', expanding)),
      await driver.find('contact', expanding),
    );
  }),
  many: ifCapable('streaming', 'gives thousands of records once each', async ({ driver }) => {
    const records = Array.from({ length: 1_201 }, (_, index) => ({ name: `n${index % 7}` }));
    await driver.bulkCreate('folder', records);
    const seen = await collect(driver.findStream('folder', { orderBy: [{ field: 'name' }] }));
    assert.equal(new Set(seen.map(({ id }) => id)).size, 1_201);
    assert.equal(seen.length, 1_201);
  }),
  'stops-early': ifCapable(
    'streaming',
    'may be left in the middle, and the driver goes on',
    async (trial) => {
      const driver = await filled(trial);
      for await (const _ of driver.findStream('account')) break;
      await driver.create('folder', {});
      assert.equal((await driver.find('account')).length, 5);
    },
  ),
  abort: ifCapable('streaming', 'ends as aborted when its signal is in the middle', async (trial) => {
    const driver = await filled(trial);
    const controller = new AbortController();
    const seen: string[] = [];
    const read = async () => {
      for await (const { id } of driver.findStream('account', {}, { signal: controller.signal })) {
        seen.push(id);
        controller.abort();
      }
    };
    await refused(read(), 'aborted');
    assert.deepEqual(seen, ['a1']);
  }),
  'refuses-mistakes': ifCapable(
    'streaming',
    'refuses what find refuses, and rows of values',
    async ({ driver }) => {
      await refused(collect(driver.findStream('account', { where: { nothing: 1 } })), 'invalid_filter');
      for (const query of [
        { groupBy: ['name'] },
        { limit: '5' },
        { limit: 600.5 },
        { limit: 1, top: 2 },
        { orderBy: 'name', fields: ['name'] },
        { orderBy: [null], fields: ['name'] },
        [],
        null,
      ])
        await refused(collect(driver.findStream('account', query as QueryInput)), 'invalid_query');
    },
  ),
};
