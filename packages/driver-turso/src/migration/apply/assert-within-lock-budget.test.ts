import { describe, expect, it } from 'vitest';
import { freshDatabase, object, planFor } from '../../../test/database.js';
import { sharedSqld, transports } from '../../../test/transports.js';
import { withLimit } from '../../../test/with-limit.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const { applyMigrations, introspect } = createSqliteSchemaDiff();
const number = { type: 'number' };
const before = [object('thing', { a: number, b: { type: 'text' } })];
const strict = (rest: object = {}) => [
  object('thing', { a: { ...number, storage: { notNull: true }, ...rest }, b: { type: 'text' } }),
];

async function filled() {
  const { driver } = await freshDatabase(before);
  await driver.bulkCreate(
    'thing',
    Array.from({ length: 400 }, (_, a) => ({ a })),
  );
  return driver;
}

describe('the lock budget of a migration', () => {
  it('rejects a rebuild that would exceed the transaction limit, unless this is approved', async () => {
    const driver = withLimit(await filled(), 10);
    const schema = await introspect(driver);
    const plan = await planFor(driver, strict());
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
      code: 'exceeds_lock_budget',
      details: { limitMs: 10, estimatedMs: 14, tables: [{ table: 'thing', rows: 400 }] },
    });
    expect(await introspect(driver)).toEqual(schema);
    expect(await applyMigrations(driver, plan, { allow: ['exceeds_lock_budget'] })).toMatchObject({
      outcome: 'applied',
    });
  });

  it.each([
    ['a small table', 1_000, strict()],
    ['no limit', null, strict()],
    ['a change that rewrites nothing', 1, [object('thing', { a: number, b: { type: 'text' }, c: number })]],
  ])('lets %s pass', async (_what, limit, after) => {
    const driver = withLimit(await filled(), limit);
    expect(await applyMigrations(driver, await planFor(driver, after))).toMatchObject({ outcome: 'applied' });
  });

  it('includes the additional time for converting between numbers and text', async () => {
    const driver = await filled();
    const estimateOf = async (b: object) => {
      const plan = await planFor(driver, [object('thing', { a: number, b: { type: 'text' }, ...b })]);
      const error = await applyMigrations(withLimit(driver, 1), plan).catch((reason) => reason);
      return error.details.estimatedMs;
    };
    const [rewritten, toText, toNumber] = [
      await estimateOf({ a: { ...number, storage: { notNull: true } } }),
      await estimateOf({ a: { type: 'text' } }),
      await estimateOf({ b: number }),
    ];
    expect([toText - rewritten, toNumber - rewritten]).toEqual([13, 13]);
  });

  it('includes the statements that run first, and the items of their lists', async () => {
    const driver = withLimit(await filled(), 5);
    const plan = await planFor(driver, [object('thing', { a: number, b: { type: 'text' }, c: number })]);
    const list = JSON.stringify(Array.from({ length: 400 }, (_, id) => `${id}`));
    const one = {
      sql: `UPDATE thing SET b = 'b' WHERE id IN (SELECT value FROM temp.json_each(?))`,
      args: [list],
    };
    const many = Array.from({ length: 200 }, () => ({ sql: 'SELECT 1' }));
    for (const [first, estimatedMs] of [
      [[one], 7],
      [many, 14],
    ] as const)
      await expect(applyMigrations(driver, plan, { first })).rejects.toMatchObject({
        code: 'exceeds_lock_budget',
        details: { estimatedMs, limitMs: 5 },
      });
    expect(await applyMigrations(driver, plan, { first: many.slice(0, 50) })).toMatchObject({
      outcome: 'applied',
    });
  });

  it('includes new indexes, conversions and removals', async () => {
    const driver = withLimit(await filled(), 5);
    for (const after of [
      [object('thing', { a: { ...number, index: true }, b: { type: 'text', index: true } })],
      [object('thing', { a: number })],
      [],
    ])
      await expect(
        applyMigrations(driver, await planFor(driver, after), {
          allow:
            after.length === 0 ? ['remove_object:thing'] : after[0]?.fields.b ? [] : ['remove_field:thing.b'],
        }),
      ).rejects.toMatchObject({ code: 'exceeds_lock_budget' });
  });
});

describe('supports.lockBudgetMs', () => {
  const server = sharedSqld();

  it.each([
    ['a file', null],
    ['memory', null],
    ['a server', 5_000],
  ])('of %s is %s', async (name, expected) => {
    const transport = transports(server).find((each) => each.name === name);
    expect((await transport?.open())?.supports.lockBudgetMs).toBe(expected);
  });
});
