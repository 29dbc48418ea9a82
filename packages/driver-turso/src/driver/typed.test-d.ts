import type { DataRecord, IDataDriver } from '@objectstack/spec/contracts';
import { defineObject, type RecordOf } from '@objectstack/spec/data';
import { type BundleOf, type DeployBundle, defineBundle } from '@objectstack/spec/system';
import { describe, expectTypeOf, it } from 'vitest';
import { typed } from './typed.js';

declare const driver: IDataDriver;
const account = defineObject({
  name: 'account',
  fields: {
    name: { type: 'text', required: true },
    size: { type: 'number' },
    code: { type: 'autonumber' },
  },
});
const contact = defineObject({
  name: 'contact',
  fields: {
    account: { type: 'lookup', reference: 'account' },
    others: { type: 'lookup', reference: 'account', multiple: true },
    manager: { type: 'tree' },
    owner: { type: 'user' },
    active: { type: 'boolean' },
    role: { type: 'select', options: [{ value: 'buyer', label: 'Buyer' }] },
    tags: { type: 'tags' },
    notes: { type: 'json' },
  },
});
const bundle = defineBundle({ manifest: { version: '1.0.0' }, objects: [account, contact] });

describe('typed', () => {
  const db = typed(driver, bundle);
  const other = typed(driver, { objects: [account] });

  it('knows objects and fields', () => {
    expectTypeOf<keyof typeof db>().toEqualTypeOf<'account' | 'contact'>();
    expectTypeOf<keyof typeof other>().toEqualTypeOf<'account'>();
    expectTypeOf(
      db.account.findOne({ where: { name: 'x' }, orderBy: [{ field: 'size' }] }),
    ).resolves.toEqualTypeOf<{
      id: string;
      created_at: string;
      updated_at: string;
      name: string;
      size: number | null;
      code: string | null;
    } | null>();
    expectTypeOf(db.account.find({ fields: ['size'] })).resolves.toEqualTypeOf<
      { id: string; size: number | null }[]
    >();
  });

  it('refuses what the definition does not have', () => {
    // @ts-expect-error no such object
    db.person;
    // @ts-expect-error no such field
    db.account.find({ where: { nmae: 'x' } });
    // @ts-expect-error no such field
    db.account.find({ orderBy: [{ field: 'account' }] });
    // @ts-expect-error no such field
    db.account.find({ fields: ['missing'] });
    // @ts-expect-error a required field is missing
    db.account.create({ size: 1 });
    // @ts-expect-error a number is no text
    db.account.create({ name: 1 });
    // @ts-expect-error an autonumber is not set
    db.account.update('id', { code: 'x' });
    // @ts-expect-error no such field
    db.account.upsert({ name: 'x' }, ['account']);
  });

  it('types conditions by the values of the field', () => {
    db.account.find({ where: { size: { $gte: 1, $in: [1, null] }, name: { $startsWith: 'a' } } });
    db.contact.find({ where: { $or: [{ active: true }, { role: 'buyer' }, { $not: { role: null } }] } });
    db.contact.find({ where: { tags: { $contains: 'x' }, notes: { $null: true }, account: { $ne: null } } });
    // @ts-expect-error a text is no number
    db.account.find({ where: { size: 'five' } });
    // @ts-expect-error a text is no number
    db.account.count({ where: { $and: [{ size: { $gt: 'five' } }] } });
    // @ts-expect-error not an option
    db.contact.find({ where: { role: 'seller' } });
    // @ts-expect-error booleans have no order
    db.contact.find({ where: { active: { $gt: false } } });
    // @ts-expect-error JSON cannot be compared
    db.contact.find({ where: { notes: 'x' } });
    // @ts-expect-error a list is not compared with one value
    db.contact.find({ where: { tags: 'x' } });
  });

  it('replaces expanded lookups by records', async () => {
    const [found] = await db.contact.find({
      fields: ['active'],
      expand: { account: { fields: ['name'] }, others: {}, manager: { expand: { account: {} } }, owner: {} },
    });
    expectTypeOf<NonNullable<typeof found>['account']>().toEqualTypeOf<{ id: string; name: string } | null>();
    expectTypeOf<NonNullable<typeof found>['others']>().toEqualTypeOf<RecordOf<typeof account>[] | null>();
    expectTypeOf(found?.manager?.account?.size).toEqualTypeOf<number | null | undefined>();
    expectTypeOf<NonNullable<typeof found>['owner']>().toEqualTypeOf<DataRecord | null>();
    expectTypeOf(found?.active).toEqualTypeOf<boolean | null | undefined>();
    // @ts-expect-error not requested
    found?.role;
    // @ts-expect-error no lookup
    db.contact.find({ expand: { active: {} } });
    // @ts-expect-error no such field of the account
    db.contact.find({ expand: { account: { fields: ['active'] } } });
    // @ts-expect-error a misspelled key
    db.contact.findOne({ expand: { account: { feilds: ['name'] } } });
  });

  it('types rows of values by groups and aggregations', () => {
    const rows = db.contact.values({
      groupBy: ['role'],
      aggregations: [
        { function: 'count', alias: 'records' },
        { function: 'max', field: 'created_at', alias: 'last' },
        { function: 'array_agg', field: 'active', alias: 'states' },
      ],
      having: { records: { $gt: 1 } },
      orderBy: [{ field: 'records', order: 'desc' }, { field: 'role' }],
    });
    expectTypeOf(rows).resolves.toEqualTypeOf<
      { role: 'buyer' | null; records: number; last: string | null; states: (boolean | null)[] }[]
    >();
    expectTypeOf(db.account.values({ distinct: true, fields: ['size'] })).resolves.toEqualTypeOf<
      { size: number | null }[]
    >();
    // @ts-expect-error a sum of texts
    db.account.values({ aggregations: [{ function: 'sum', field: 'name', alias: 'x' }] });
    // @ts-expect-error neither a group nor an alias
    db.account.values({ groupBy: ['size'], orderBy: [{ field: 'name' }] });
  });

  it('accepts a bundle with the types of its objects', () => {
    const parsed = {} as DeployBundle;
    const other = typed<BundleOf<readonly [typeof account]>>(driver, parsed);
    expectTypeOf<keyof typeof other>().toEqualTypeOf<'account'>();
    expectTypeOf(typed(driver, parsed).anything).not.toBeAny();
  });
});
