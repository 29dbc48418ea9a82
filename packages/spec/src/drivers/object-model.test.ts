import { describe, expect, it } from 'vitest';
import { lookupsTo } from './lookups-to.js';
import { objectModel } from './object-model.js';

const ACCOUNT = objectModel({
  name: 'account',
  fields: {
    id: { type: 'text', label: 'Number' },
    name: { type: 'text' },
    total: { type: 'summary' },
    parent: { type: 'tree', deleteBehavior: 'cascade' },
  },
});
const CONTACT = objectModel({
  name: 'contact',
  fields: {
    account: { type: 'lookup', reference: 'account' },
    payer: { type: 'lookup', reference: 'account', required: true },
    keeper: { type: 'lookup', reference: 'account', deleteBehavior: 'restrict' },
    others: { type: 'lookup', reference: 'account', multiple: true },
    name: { type: 'text' },
  },
});

describe('objectModel', () => {
  it('has system fields first and last, and the declaration of none of them', () => {
    expect([...ACCOUNT.fields.keys()]).toEqual([
      ...['id', 'name', 'total', 'parent'],
      ...['created_at', 'updated_at'],
    ]);
    expect(Object.keys(ACCOUNT.definition.fields)).toEqual(['name', 'total', 'parent']);
  });

  it('has a column for every field that is not computed', () => {
    expect([...ACCOUNT.stored.keys()]).toEqual(['id', 'name', 'parent', 'created_at', 'updated_at']);
  });

  it('has the lookups to single records, with what a deletion does', () => {
    expect(ACCOUNT.lookups).toEqual([{ field: 'parent', target: 'account', onDelete: 'cascade' }]);
    expect(CONTACT.lookups.map(({ field, onDelete }) => [field, onDelete])).toEqual([
      ['account', 'set_null'],
      ['payer', 'restrict'],
      ['keeper', 'restrict'],
    ]);
  });
});

describe('lookupsTo', () => {
  it('finds the lookups of every object, its own included', () => {
    const found = lookupsTo([ACCOUNT, CONTACT], 'account');
    expect(found.map(({ model, field }) => `${model.name}.${field}`)).toEqual([
      ...['account.parent', 'contact.account', 'contact.payer', 'contact.keeper'],
    ]);
    expect(lookupsTo([ACCOUNT, CONTACT], 'contact')).toEqual([]);
  });
});
