import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { IS_EXHAUSTIVE, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { object, planFor } from '../database.js';
import { sharedSqld, type Transport, transports } from '../transports.js';
import { changeIdsOf, driftOf, migrateWithoutDrift, rollBackWithoutDrift } from './without-drift.js';

const service = createSqliteSchemaDiff();
const bundle = { checksum: 'b'.repeat(64), version: '1.0.0' };
const INTEGER = { idType: 'integer' };
const LARGE = '9007199254740993';

const CUSTOMER = { email: { type: 'text', unique: true }, number: { type: 'autonumber', format: 'C-{00}' } };
const PURCHASE = {
  customer: { type: 'lookup', reference: 'customer', deleteBehavior: 'cascade' },
  parent: { type: 'lookup', reference: 'purchase', deleteBehavior: 'set_null' },
  total: { type: 'number' },
};
const customer = (more: Record<string, Record<string, unknown>> = {}, rest: object = {}) =>
  object('customer', { ...CUSTOMER, ...more }, { ...INTEGER, ...rest });
const purchase = (more: Record<string, Record<string, unknown>> = {}, rest: object = {}) =>
  object('purchase', { ...PURCHASE, ...more }, { ...INTEGER, ...rest });

/** Tables as Rails, Django, drizzle and people write them. */
const DIALECTS = {
  rails: [
    'CREATE TABLE "customer" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "email" varchar, "number" varchar, CONSTRAINT "u" UNIQUE ("email"))',
    'CREATE TABLE "purchase" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "customer" integer, "parent" integer DEFAULT NULL, "total" float, CONSTRAINT "fk_rails_1" FOREIGN KEY ("customer") REFERENCES "customer" ("id") ON DELETE CASCADE, CONSTRAINT "fk_rails_2" FOREIGN KEY ("parent") REFERENCES "purchase" ("id") ON DELETE SET NULL)',
  ],
  django: [
    'CREATE TABLE "customer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NULL UNIQUE, "number" varchar(9) NULL)',
    'CREATE TABLE "purchase" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "customer" bigint NULL REFERENCES "customer" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, "parent" bigint NULL REFERENCES "purchase" ("id") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, "total" real NULL)',
  ],
  drizzle: [
    'CREATE TABLE `customer` (`id` integer PRIMARY KEY NOT NULL, `email` text, `number` text)',
    'CREATE TABLE `purchase` (`id` integer PRIMARY KEY NOT NULL, `customer` integer, `parent` integer, `total` real, FOREIGN KEY (`customer`) REFERENCES `customer`(`id`) ON UPDATE no action ON DELETE cascade, FOREIGN KEY (`parent`) REFERENCES `purchase`(`id`) ON UPDATE no action ON DELETE set null)',
  ],
  constraint: [
    'CREATE TABLE customer (id INTEGER, email TEXT UNIQUE, number TEXT, PRIMARY KEY (id AUTOINCREMENT))',
    'CREATE TABLE purchase (id INTEGER, customer NUMERIC REFERENCES customer ON DELETE CASCADE, parent BIGINT REFERENCES purchase (id) ON DELETE SET NULL, total, PRIMARY KEY (id AUTOINCREMENT))',
  ],
} as const;
type Dialect = keyof typeof DIALECTS;
const ROWS = [
  `INSERT INTO customer VALUES (1, 'ada', NULL), (2, 'bob', 'C-07'), (${LARGE}, 'eve', NULL)`,
  `INSERT INTO purchase VALUES (10, 1, NULL, 5.5), (9, ${LARGE}, 10, 7), (11, NULL, 9, NULL)`,
  "INSERT INTO customer (id, email) VALUES (9007199254740999, 'gone')",
  'DELETE FROM customer WHERE id = 9007199254740999',
];

const KINDS = transports(sharedSqld()).filter(({ name }) => name === 'a file' || IS_EXHAUSTIVE);

const plain = async (driver: IDataDriver) => {
  expect((await driver.execute('SELECT * FROM pragma_foreign_key_check')).rows).toEqual([]);
  expect((await driver.execute('SELECT * FROM pragma_integrity_check')).rows).toEqual([
    { integrity_check: 'ok' },
  ]);
};

const all = async (driver: IDataDriver) =>
  Promise.all(
    ['customer', 'purchase'].map((name) => driver.find(name, { orderBy: [{ field: 'id', order: 'asc' }] })),
  );

type Case = [name: string, objects: () => ObjectDefinition[], kept: string[]];
const REMOVED = { customer: PURCHASE.customer, parent: PURCHASE.parent };
const CASES: Case[] = [
  ['an added field', () => [customer({ note: { type: 'text' } }), purchase()], ['customer', 'purchase']],
  ['a removed field', () => [customer(), object('purchase', REMOVED, INTEGER)], ['customer']],
  [
    'a removed parent field',
    () => [object('customer', { number: CUSTOMER.number }, INTEGER), purchase()],
    ['purchase'],
  ],
  ['another type', () => [customer(), purchase({ total: { type: 'text' } })], ['customer']],
  [
    'another delete behavior',
    () => [customer(), purchase({ customer: { ...PURCHASE.customer, deleteBehavior: 'set_null' } })],
    ['customer'],
  ],
  [
    'a lookup that becomes a text',
    () => [customer(), purchase({ customer: { type: 'text' } })],
    ['customer'],
  ],
  [
    'a lookup that becomes a number',
    () => [customer(), purchase({ parent: { type: 'number' } })],
    ['customer'],
  ],
  [
    'a renamed object',
    () => [
      object('client', CUSTOMER, { ...INTEGER, renamedFrom: 'customer' }),
      purchase({ customer: { ...PURCHASE.customer, reference: 'client' } }),
    ],
    [],
  ],
  [
    'a renamed field',
    () => [
      customer(),
      object('purchase', { ...REMOVED, sum: { type: 'number', renamedFrom: 'total' } }, INTEGER),
    ],
    ['customer'],
  ],
  ['a removed object', () => [customer()], ['customer']],
  ['removed objects', () => [], []],
  [
    'an object with a lookup',
    () => [
      customer(),
      purchase(),
      object('note', {
        about: { type: 'lookup', reference: 'purchase' },
        all: { type: 'lookup', reference: 'customer', multiple: true },
      }),
    ],
    ['customer', 'purchase'],
  ],
];

describe.each(KINDS)('integer ids on $name', ({ open }: Transport) => {
  async function adopted(dialect: Dialect = 'rails', objects = [customer(), purchase()]) {
    const driver = await open();
    for (const sql of [...DIALECTS[dialect], ...ROWS]) await driver.execute(sql);
    const { outcome, findings } = await service.applyBaseline(driver, objects, { bundle });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(outcome).toBe('applied');
    return driver;
  }

  it.each(Object.keys(DIALECTS) as Dialect[])('adopts integer keys of %s', async (dialect) => {
    const driver = await adopted(dialect);
    expect(await driftOf(driver)).toEqual([]);
    expect((await planFor(driver, [customer(), purchase()])).statements).toEqual([]);
    expect(await driver.find('purchase', { fields: ['customer', 'parent'] })).toEqual([
      { id: '9', customer: LARGE, parent: '10' },
      { id: '10', customer: '1', parent: null },
      { id: '11', customer: null, parent: '9' },
    ]);
    const made = await driver.create('customer', { email: 'new' });
    expect(made).toMatchObject({
      id: dialect === 'drizzle' ? '9007199254740994' : '9007199254741000',
      number: 'C-08',
    });
    const bought = await driver.bulkCreate('purchase', [
      { customer: made.id },
      { id: '20', customer: made.id, parent: '9' },
      { customer: LARGE },
    ]);
    expect(bought.map(({ id, customer: of }) => [id, of])).toEqual([
      ['21', made.id],
      ['20', made.id],
      ['22', LARGE],
    ]);
    const read = await driver.find('purchase', {
      where: { customer: { $in: [made.id, '01', 'x'] } },
      expand: { customer: { fields: ['email'] }, parent: {} },
      orderBy: [{ field: 'id', order: 'desc' }],
    });
    expect(read.map((one) => [one.id, one.customer, (one.parent as { id: string } | null)?.id])).toEqual([
      ['21', { id: made.id, email: 'new' }, undefined],
      ['20', { id: made.id, email: 'new' }, '9'],
    ]);
    await driver.delete('customer', LARGE);
    expect(
      (await driver.find('purchase', { fields: ['parent'] })).map(({ id, parent }) => [id, parent]),
    ).toEqual([
      ['10', null],
      ['11', null],
      ['20', null],
      ['21', null],
    ]);
    await plain(driver);
  });

  it('finds no record by another notation of its id', async () => {
    const driver = await adopted();
    for (const id of ['01', '1.0', '+1', ' 1', '1e0', '0x1', 'x', '', '9223372036854775808', '-0']) {
      for (const where of [{ id }, { id: { $in: [id] } }, { id: { $eq: id } }, { $not: { id: { $ne: id } } }])
        expect(await driver.find('customer', { where })).toEqual([]);
      expect(await driver.find('purchase', { where: { customer: id } })).toEqual([]);
      expect(await driver.count('customer', { where: { id: { $nin: [id] } } })).toBe(3);
      await expect(driver.update('customer', id, { email: 'x' })).rejects.toMatchObject({
        code: 'record_not_found',
      });
      expect(await driver.delete('customer', id)).toBe(false);
      await driver.bulkDelete('customer', [id]);
      await expect(driver.find('customer', { where: { id: { $gt: id } } })).rejects.toMatchObject({
        code: 'invalid_filter',
        details: { path: '/where/id/$gt' },
      });
      await expect(driver.find('customer', { cursor: { id } })).rejects.toMatchObject({
        code: 'invalid_query',
      });
      for (const data of [{ id }, { email: 'y', id }])
        await expect(driver.create('customer', data)).rejects.toMatchObject({
          code: 'validation_failed',
          details: { violations: [expect.objectContaining({ field: 'id', rule: 'format' })] },
        });
      await expect(driver.create('purchase', { customer: id })).rejects.toMatchObject({
        code: 'validation_failed',
        details: { violations: [expect.objectContaining({ field: 'customer', rule: 'format' })] },
      });
      await expect(driver.upsert('customer', { id }, ['id'])).rejects.toMatchObject({
        code: 'validation_failed',
      });
      await expect(driver.bulkUpdate('customer', [{ id, data: {} }])).rejects.toMatchObject({
        code: 'record_not_found',
      });
    }
    expect(await driver.count('customer')).toBe(3);
  });

  it('assigns no id after the largest one, and says why', async () => {
    const driver = await adopted();
    const records = await driver.count('customer');
    const refused = {
      code: 'validation_failed',
      message: expect.stringContaining('9223372036854775807'),
      details: { violations: [{ field: 'id', rule: 'required' }] },
    };
    const largest = { id: '9223372036854775807', email: 'last' };
    await expect(driver.bulkCreate('customer', [{ email: 'none' }, largest])).rejects.toMatchObject(refused);
    expect(await driver.count('customer')).toBe(records);
    await driver.create('customer', largest);
    await expect(driver.create('customer', { email: 'none' })).rejects.toMatchObject(refused);
    await expect(driver.bulkCreate('customer', [{ email: 'none' }])).rejects.toMatchObject(refused);
    expect(await driver.create('customer', { id: '3', email: 'given' })).toMatchObject({ id: '3' });
  });

  it('keeps every digit of ids in records, filters, cursors and values', async () => {
    const driver = await adopted();
    const [smallest, largest] = ['-9223372036854775808', '9223372036854775806'];
    await driver.bulkCreate('customer', [{ id: smallest }, { id: largest }, { id: '0', email: 'zero' }]);
    const ids = [smallest, '0', '1', '2', LARGE, largest];
    expect((await driver.find('customer', {})).map(({ id }) => id)).toEqual(ids);
    expect((await driver.find('customer', { where: { id: { $gt: '2' } } })).map(({ id }) => id)).toEqual(
      ids.slice(4),
    );
    expect(
      (await driver.find('customer', { where: { id: { $between: ['0', '2'] } } })).map(({ id }) => id),
    ).toEqual(ids.slice(1, 4));
    expect(await driver.findOne('customer', { where: { id: LARGE } })).toMatchObject({
      id: LARGE,
      email: 'eve',
    });
    expect(await driver.findOne('customer', { where: { id: '9007199254740992' } })).toBeNull();
    const pages: string[] = [];
    for (let cursor: { id: string } | undefined; ; ) {
      const page = await driver.find('customer', { limit: 2, ...(cursor && { cursor }) });
      pages.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (!last) break;
      cursor = { id: last.id };
    }
    expect(pages).toEqual(ids);
    const streamed: string[] = [];
    for await (const { id } of driver.findStream('customer', { orderBy: [{ field: 'id', order: 'desc' }] }))
      streamed.push(id);
    expect(streamed).toEqual([...ids].reverse());
    const of = (aggregation: object) =>
      driver.find('customer', { aggregations: [{ alias: 'of', field: 'id', ...aggregation }] as never });
    expect(await of({ function: 'min' })).toEqual([{ of: smallest }]);
    expect(await of({ function: 'max' })).toEqual([{ of: largest }]);
    expect(await of({ function: 'array_agg' })).toEqual([{ of: ids }]);
    expect(await of({ function: 'string_agg' })).toEqual([{ of: ids.join(',') }]);
    expect(await of({ function: 'count_distinct' })).toEqual([{ of: 6 }]);
    await driver.bulkCreate('purchase', [{ customer: LARGE }, { customer: '2' }]);
    const grouped = { groupBy: ['customer'], aggregations: [{ function: 'count', alias: 'n' }] } as const;
    expect(
      await driver.find('purchase', {
        ...grouped,
        groupBy: ['customer'],
        aggregations: [...grouped.aggregations],
      }),
    ).toEqual([
      { customer: null, n: 1 },
      { customer: '1', n: 1 },
      { customer: '2', n: 1 },
      { customer: LARGE, n: 2 },
    ]);
    expect(
      await driver.find('purchase', {
        groupBy: ['customer'],
        aggregations: [{ function: 'max', field: 'id', alias: 'latest' }],
        having: { customer: LARGE, latest: { $gt: '9' } },
      }),
    ).toEqual([{ customer: LARGE, latest: '12' }]);
    expect(
      (await driver.find('customer', { where: { id: { $contains: '007199' } } })).map(({ id }) => id),
    ).toEqual([LARGE]);
    expect(
      await driver.find('purchase', { where: { parent: { $gt: { $field: 'id' } } }, fields: ['parent'] }),
    ).toEqual([{ id: '9', parent: '10' }]);
  });

  it('returns the id that the database assigned to each record of a bulk', async () => {
    const driver = await adopted();
    const emails = Array.from({ length: 300 }, (_, index) => `m${index}`);
    const made = await driver.bulkCreate(
      'customer',
      emails.map((email, index) => ({
        email,
        ...(index % 7 === 0 && { number: `C-${100 + index}` }),
        ...(index === 150 && { id: '5' }),
      })),
      { system: true },
    );
    expect(made.map(({ email }) => email)).toEqual(emails);
    expect(made[150]?.id).toBe('5');
    expect(new Set(made.map(({ id }) => id)).size).toBe(300);
    for (const { id, email, number } of made)
      expect(await driver.findOne('customer', { where: { id } })).toMatchObject({ email, number });
    const [first, again] = [
      await driver.upsert('customer', { email: 'm3' }, ['email']),
      await driver.upsert('customer', { email: 'u' }, ['email']),
    ];
    expect(first.id).toBe(made[3]?.id);
    expect(await driver.upsert('customer', { id: again.id, email: 'v' }, ['id'])).toMatchObject({
      id: again.id,
      email: 'v',
    });
    expect(await driver.upsert('customer', { id: '77', email: 'w' }, ['id'])).toMatchObject({
      id: '77',
      email: 'w',
    });
    await expect(driver.create('customer', { id: '77' })).rejects.toMatchObject({ code: 'unique_violation' });
    await expect(driver.create('purchase', { customer: '78' })).rejects.toMatchObject({
      code: 'foreign_key_violation',
      details: { field: 'customer' },
    });
    const transaction = await driver.beginTransaction();
    const inside = await driver.create('customer', { email: 'inside' }, { transaction });
    await driver.create('purchase', { customer: inside.id }, { transaction });
    await driver.commit(transaction);
    expect(await driver.count('purchase', { where: { customer: inside.id } })).toBe(1);
  });

  it.each(sampleOf(CASES, 2))(
    'keeps ids and references after %s and its rollback',
    async (_, objects, kept) => {
      const driver = await adopted();
      const before = await all(driver);
      await migrateWithoutDrift(driver, objects());
      const left = (await service.introspect(driver)).adopted?.map(({ name }) => name) ?? [];
      expect(left).toEqual(kept);
      await rollBackWithoutDrift(driver);
      expect(await all(driver)).toEqual(before);
      await plain(driver);
      expect((await driver.create('customer', {})).id).toBe('9007199254741000');
      expect((await driver.create('purchase', { customer: '1' })).id).toBe('12');
      await migrateWithoutDrift(driver, [...objects(), object('last', {}, INTEGER)]);
      expect((await driver.create('last', {})).id).toBe('1');
    },
  );

  it('refers to integer ids from new and from changed fields', async () => {
    const driver = await adopted();
    const note = (about: Record<string, unknown>) => object('note', { about, text: { type: 'text' } });
    const lookup = { type: 'lookup', reference: 'purchase', deleteBehavior: 'cascade' };
    await migrateWithoutDrift(driver, [customer(), purchase(), note({ type: 'text' })]);
    for (const about of ['9', '010', 'x', null]) await driver.create('note', { about });
    const plan = await planFor(driver, [customer(), purchase(), note(lookup)]);
    const found = await service.runPreflight(driver, plan);
    expect(found.filter(({ rows }) => rows > 0)).toMatchObject([{ rows: 2 }]);
    const refused = () =>
      expect(service.applyMigrations(driver, plan, { allow: changeIdsOf(plan) })).rejects.toMatchObject({
        code: 'foreign_key_violation',
      });
    await refused();
    await driver.updateMany('note', { where: { about: 'x' } }, { about: null });
    await refused();
    await driver.updateMany('note', { where: { about: '010' } }, { about: '10' });
    await migrateWithoutDrift(driver, [customer(), purchase(), note(lookup)]);
    const { rows } = await driver.execute('SELECT typeof(about) AS type FROM note ORDER BY about');
    expect(rows.map(({ type }) => type)).toEqual(['null', 'null', 'integer', 'integer']);
    const read = async () =>
      (
        await driver.find('note', {
          where: { about: { $null: false } },
          orderBy: [{ field: 'about', order: 'asc' }],
        })
      ).map(({ about }) => about);
    expect(await read()).toEqual(['9', '10']);
    await driver.delete('purchase', '9');
    expect(await read()).toEqual(['10']);
    await rollBackWithoutDrift(driver);
    expect(await read()).toEqual(['10']);
    await plain(driver);
  });

  it('refuses another type of ids', async () => {
    const driver = await adopted();
    for (const idType of [undefined, 'text'])
      await expect(
        planFor(driver, [object('customer', CUSTOMER, { idType }), purchase()]),
      ).rejects.toMatchObject({
        code: 'not_supported',
        details: { feature: 'id_type_change', subject: 'customer' },
      });
  });
});

const T = { type: 'text' };
const lookup = (more: object = {}, reference = 'c') => ({ type: 'lookup', reference, ...more });
const c = () => object('c', { name: T }, INTEGER);
const e = () => object('e', { name: T }, INTEGER);
const t = () => object('t', { name: T });
/** The object that refers to the others. A changed `k` rebuilds its table. */
const n = (l: object, more: Record<string, object> = {}) =>
  object('n', { l, k: T, ...more } as Record<string, Record<string, unknown>>, INTEGER);
const REBUILT = { k: { ...T, storage: { notNull: true }, backfill: 'k' } };

interface Change {
  readonly name: string;
  readonly before?: ObjectDefinition;
  readonly after: ObjectDefinition;
  /** Values of `l` in records before the deployment, and those of `read` after it; default of `was`: `1`, the large one, none. */
  readonly was?: readonly unknown[];
  readonly is: readonly unknown[];
  readonly read?: string;
}
const items = (...ids: string[]) => [...ids.map((id) => [id]), null];
const REFERRED = ['1', LARGE, null];
const byTable = (values: object, more: object = {}) => lookup({ backfill: { values }, ...more });
const fromField = (field: string) => ({ m: { ...T, backfill: { field, values: { 1: 'one', '01': 'no' } } } });

const CHANGES: Change[] = [
  ...[
    lookup({ multiple: true }),
    { type: 'tags' },
    { type: 'multiselect', options: [{ value: '1' }, { value: LARGE }] },
    { type: 'checkboxes', options: [{ value: '1' }, { value: LARGE }] },
    { ...T, multiple: true },
  ].map((l) => ({
    name: `a lookup that becomes a list: ${l.type}`,
    after: n(l),
    is: items('1', LARGE),
  })),
  { name: 'a lookup that becomes a number', after: n({ type: 'number' }), is: [1, null, null] },
  { name: 'a lookup that becomes a date', after: n({ type: 'date' }), is: [null, null, null] },
  { name: 'a lookup that becomes an address', after: n({ type: 'address' }), is: REFERRED },
  { name: 'a lookup that becomes a vector', after: n({ type: 'vector' }), is: REFERRED },
  { name: 'a lookup that becomes JSON', after: n({ type: 'json' }), is: REFERRED },
  {
    name: 'a list that becomes a lookup',
    before: n(lookup({ multiple: true })),
    after: n(lookup()),
    was: items('1', LARGE),
    is: REFERRED,
  },
  { name: 'a lookup that becomes a text', after: n({ ...T }), is: REFERRED },
  {
    name: 'a lookup that a table replaces by texts',
    after: n({ ...T, backfill: { values: { 1: 'one', '02': 'no' } } }),
    is: ['one', LARGE, null],
  },
  {
    name: 'a lookup that a table replaces by numbers',
    after: n({ type: 'number', backfill: { values: { 1: 10, [LARGE]: 20 } } }),
    is: [10, 20, null],
  },
  { name: 'other references by a table', after: n(byTable({ 1: '2' })), is: ['2', LARGE, null] },
  {
    name: 'other references by a table in a rebuild',
    after: n(byTable({ 1: LARGE, [LARGE]: '1', '02': '1' }), REBUILT),
    is: [LARGE, '1', null],
  },
  {
    name: 'unique references that a table swaps',
    before: n(lookup({ unique: true })),
    after: n(byTable({ 1: LARGE, [LARGE]: '1' }, { unique: true })),
    is: [LARGE, '1', null],
  },
  {
    name: 'references to the own object by a table in a rebuild',
    before: n(lookup({}, 'n')),
    after: n(lookup({ backfill: { values: { 1: '2' } } }, 'n'), REBUILT),
    was: [null, '1', '2'],
    is: [null, '2', '2'],
  },
  {
    name: 'references to the own object that become texts',
    before: n(lookup({}, 'n')),
    after: n({ ...T, backfill: { values: { 1: 'one' } } }),
    was: [null, '1', '2'],
    is: [null, 'one', '2'],
  },
  {
    name: 'a renamed lookup with a table',
    after: object('n', { m: byTable({ 1: '2' }, { renamedFrom: 'l' }) as never, ...REBUILT }, INTEGER),
    read: 'm',
    is: ['2', LARGE, null],
  },
  {
    name: 'a reference to texts that becomes one to integers',
    before: n(lookup({}, 't')),
    after: n(byTable({ x: '1', '01': LARGE })),
    was: ['x', '01', null],
    is: ['1', LARGE, null],
  },
  {
    name: 'a reference to integers that becomes one to texts',
    after: n(lookup({ backfill: { values: { 1: 'x', [LARGE]: '01' } } }, 't')),
    is: ['x', '01', null],
  },
  {
    name: 'another target by a table',
    after: n(lookup({ backfill: { values: { 1: '7', [LARGE]: '8' } } }, 'e')),
    is: ['7', '8', null],
  },
  {
    name: 'texts from references in a rebuild',
    after: n(lookup(), { ...fromField('l'), ...REBUILT }),
    read: 'm',
    is: ['one', null, null],
  },
  {
    name: 'texts from references',
    after: n(lookup(), fromField('l')),
    read: 'm',
    is: ['one', null, null],
  },
  {
    name: 'texts from ids in a rebuild',
    after: n(lookup(), { ...fromField('id'), ...REBUILT }),
    read: 'm',
    is: ['one', null, null],
  },
  {
    name: 'references from references in a rebuild',
    after: n(lookup(), { m: lookup({ backfill: { field: 'l', values: { 1: LARGE } } }), ...REBUILT }),
    read: 'm',
    is: [LARGE, null, null],
  },
  {
    name: 'copied references',
    after: n(lookup(), { m: lookup({ backfill: { field: 'l' } }) }),
    read: 'm',
    is: REFERRED,
  },
  {
    name: 'a required lookup with a backfill',
    after: n(lookup({ required: true, deleteBehavior: 'restrict', backfill: '2' })),
    is: ['1', LARGE, '2'],
  },
  {
    name: 'a required lookup with a default',
    after: n(lookup({ required: true, deleteBehavior: 'restrict', defaultValue: '2' })),
    is: ['1', LARGE, '2'],
  },
  {
    name: 'texts that a table replaces by references',
    before: n({ ...T }),
    after: n(byTable({ '01': '2', one: '1' })),
    was: ['01', 'one', LARGE],
    is: ['2', '1', LARGE],
  },
];

describe.each(KINDS)('values that a migration computes from integer ids on $name', ({ open }: Transport) => {
  const values = async (driver: IDataDriver, field = 'l') =>
    (await driver.find('n', { orderBy: [{ field: 'id', order: 'asc' }] })).map((record) => record[field]);

  async function deployed(before: ObjectDefinition, was: readonly unknown[]) {
    const driver = await open();
    await migrateWithoutDrift(driver, [c(), e(), t(), before]);
    await driver.bulkCreate('c', [{ id: '1' }, { id: '2' }, { id: LARGE }]);
    await driver.bulkCreate('e', [{ id: '7' }, { id: '8' }]);
    await driver.bulkCreate('t', [{ id: 'x' }, { id: '01' }]);
    await driver.bulkCreate(
      'n',
      was.map((l) => ({ l, k: 'x' })),
    );
    return driver;
  }

  it.each(sampleOf(CHANGES, 4))(
    '$name',
    async ({ before = n(lookup()), after, was = REFERRED, is, read = 'l' }) => {
      const driver = await deployed(before, was);
      await migrateWithoutDrift(driver, [c(), e(), t(), after]);
      expect(await values(driver, read)).toEqual(is);
      await plain(driver);
      await rollBackWithoutDrift(driver);
      expect(await values(driver)).toEqual(was);
      await plain(driver);
      await migrateWithoutDrift(driver, [c(), e(), t(), after]);
      expect(await values(driver, read)).toEqual(is);
    },
  );

  it.each(['rails', 'constraint'] as const)('fills fields of adopted tables of %s', async (dialect) => {
    const driver = await open();
    for (const sql of [...DIALECTS[dialect], ...ROWS]) await driver.execute(sql);
    await service.applyBaseline(driver, [customer(), purchase()], { bundle });
    const text = (field: string) => ({
      ...T,
      backfill: { field, values: { [LARGE]: 'large', 9: 'nine', '09': 'no' } },
    });
    const added = { of: text('customer'), below: text('parent'), own: text('id') };
    await migrateWithoutDrift(driver, [customer(), purchase(added)]);
    expect(await driver.find('purchase', { fields: Object.keys(added) })).toEqual([
      { id: '9', of: 'large', below: null, own: 'nine' },
      { id: '10', of: null, below: null, own: null },
      { id: '11', of: null, below: 'nine', own: null },
    ]);
    const replaced = purchase({
      ...added,
      parent: { ...PURCHASE.parent, backfill: { values: { 9: '11' } } },
      customer: { ...PURCHASE.customer, backfill: { values: { 1: LARGE } } },
    });
    const refers = () => driver.find('purchase', { fields: ['customer', 'parent'] });
    const before = await refers();
    await migrateWithoutDrift(driver, [customer(), replaced]);
    expect(await refers()).toEqual([
      { id: '9', customer: LARGE, parent: '10' },
      { id: '10', customer: LARGE, parent: null },
      { id: '11', customer: null, parent: '11' },
    ]);
    await rollBackWithoutDrift(driver);
    expect(await refers()).toEqual(before);
    const wrong = purchase({ ...added, parent: { ...PURCHASE.parent, backfill: { values: { 9: '011' } } } });
    const plan = await planFor(driver, [customer(), wrong]);
    await expect(service.applyMigrations(driver, plan, { allow: changeIdsOf(plan) })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    await plain(driver);
  });

  it('checks partial unique indexes with integers', async () => {
    const partial = (l: object) =>
      object('n', { l, k: T } as never, {
        ...INTEGER,
        indexes: [{ fields: ['l'], unique: true, partial: 'l > 10' }],
      });
    const driver = await deployed(partial(lookup()), ['1', '2', LARGE]);
    const read = () => values(driver);
    await migrateWithoutDrift(driver, [c(), e(), t(), partial(byTable({ 1: '2' }))]);
    expect(await read()).toEqual(['2', '2', LARGE]);
    const plan = await planFor(driver, [c(), e(), t(), partial(byTable({ 2: LARGE }))]);
    expect(
      (await service.runPreflight(driver, plan)).find(({ checkId }) => checkId.startsWith('duplicates')),
    ).toMatchObject({ rows: 3 });
  });

  it('keeps what was written after the deployment, and no reference to a deleted record', async () => {
    const driver = await deployed(n(lookup()), ['1', '2', null, null]);
    const [first, , , last] = await driver.find('n', { orderBy: [{ field: 'id', order: 'asc' }] });
    const required = lookup({ required: true, deleteBehavior: 'restrict', backfill: '2' });
    await migrateWithoutDrift(driver, [c(), e(), t(), n(required, REBUILT)]);
    await driver.update('n', last?.id ?? '', { l: LARGE });
    await rollBackWithoutDrift(driver);
    expect(await values(driver)).toEqual(['1', '2', null, LARGE]);
    await migrateWithoutDrift(driver, [c(), e(), t(), n(byTable({ 1: '2', 2: '1' }))]);
    await driver.update('n', first?.id ?? '', { l: LARGE });
    await rollBackWithoutDrift(driver);
    expect(await values(driver)).toEqual([LARGE, '2', null, LARGE]);
    await migrateWithoutDrift(driver, [c(), e(), t(), object('n', { k: T }, INTEGER)]);
    await driver.delete('c', LARGE);
    await rollBackWithoutDrift(driver);
    expect(await values(driver)).toEqual([null, '2', null, null]);
    await plain(driver);
  });

  it('finds the items of a list that was a lookup', async () => {
    const driver = await deployed(n(lookup()), REFERRED);
    await migrateWithoutDrift(driver, [c(), e(), t(), n(lookup({ multiple: true }))]);
    const found = await driver.find('n', { where: { l: { $contains: LARGE } } });
    expect(found.map(({ l }) => l)).toEqual([[LARGE]]);
  });

  it.each([
    ['a table', byTable({ 1: '02' })],
    ['a backfill', lookup({ required: true, deleteBehavior: 'restrict', backfill: '02' })],
  ])('refuses references in another notation from %s', async (_, l) => {
    const driver = await deployed(n(lookup()), REFERRED);
    const plan = await planFor(driver, [c(), e(), t(), n(l)]);
    await expect(service.applyMigrations(driver, plan, { allow: changeIdsOf(plan) })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    expect(await values(driver)).toEqual(REFERRED);
  });
});
