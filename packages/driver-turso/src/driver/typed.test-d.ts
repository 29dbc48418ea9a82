import type { IDataDriver } from '@objectstack/spec/contracts';
import { defineObject } from '@objectstack/spec/data';
import { defineBundle } from '@objectstack/spec/system';
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
  fields: { account: { type: 'lookup', reference: 'account' } },
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
});
