import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';

const text = { type: 'text' };
const options = [
  { label: 'A', value: 'a' },
  { label: 'B', value: 'b', default: true },
];

async function tableOf(fields: Record<string, Record<string, unknown>>, rest: Record<string, unknown> = {}) {
  const { driver } = await freshDatabase([object('other', { name: text }), object('thing', fields, rest)]);
  const { tables } = await createSqliteSchemaDiff().introspect(driver);
  const table = tables.find(({ name }) => name === 'thing');
  const indexes = (table?.indexes ?? []).map(({ unique, columns }) => ({
    unique,
    columns: columns.map(({ name, collation }) => `${name} ${collation}`),
  }));
  return { driver, indexes, columns: table?.columns ?? [], foreignKeys: table?.foreignKeys ?? [] };
}

const plain = (...names: string[]) => ({ unique: false, columns: names.map((name) => `${name} BINARY`) });

describe('metadata keys of an object', () => {
  it('name and fields make a table and its columns', async () => {
    const { columns } = await tableOf({ a: text, b: { type: 'number' }, c: { type: 'formula' } });
    expect(columns.map(({ name }) => name)).toEqual(['a', 'b', 'created_at', 'id', 'updated_at']);
  });

  it.each([
    { indexes: [{ fields: ['b', 'a'] }], made: [plain('b', 'a')] },
    { indexes: [{ fields: ['a'], type: 'hash' }], made: [plain('a')] },
    { indexes: [{ fields: ['a'], type: 'fulltext' }], made: [] },
    { indexes: [{ fields: ['a'], unique: true }], made: [{ unique: true, columns: ['a BINARY'] }] },
    { indexes: [{ fields: ['a'], unique: 'tenant' }], made: [{ unique: true, columns: ['a BINARY'] }] },
  ])('indexes $indexes make $made', async ({ indexes, made }) => {
    expect((await tableOf({ a: text, b: text }, { indexes })).indexes).toEqual(made);
  });

  it('partial keeps records out of an index, whatever the condition is written like', async () => {
    const partial = `a IS not null and  "end" <> 'it''s "a"'`;
    const indexes = [{ fields: ['b'], unique: true, partial }];
    const { driver, indexes: made } = await tableOf({ a: text, b: text, end: text }, { indexes });
    expect(made).toEqual([{ unique: true, columns: ['b BINARY'] }]);
    await driver.create('thing', { b: 'same' });
    await driver.create('thing', { b: 'same' });
    await driver.create('thing', { a: 'x', b: 'same', end: 'y' });
    await expect(driver.create('thing', { a: 'z', b: 'same', end: 'y' })).rejects.toMatchObject({
      code: 'unique_violation',
    });
  });

  it.each([
    {
      rule: { type: 'unique', fields: ['a', 'b'] },
      made: [{ unique: true, columns: ['a BINARY', 'b BINARY'] }],
    },
    {
      rule: { type: 'unique', fields: ['a'], caseSensitive: false },
      made: [{ unique: true, columns: ['a NOCASE'] }],
    },
    { rule: { type: 'unique', fields: ['a'], active: false }, made: [] },
    { rule: { type: 'script', condition: 'a = b' }, made: [] },
  ])('validations $rule make $made', async ({ rule, made }) => {
    const validations = [{ name: 'rule', message: 'Broken.', ...rule }];
    expect((await tableOf({ a: text, b: text }, { validations })).indexes).toEqual(made);
  });
});

describe('metadata keys of a field', () => {
  it.each([
    { field: { index: true }, made: [plain('a')] },
    { field: { externalId: true }, made: [plain('a')] },
    { field: { unique: true }, made: [{ unique: true, columns: ['a BINARY'] }] },
    { field: { unique: 'organization' }, made: [{ unique: true, columns: ['a BINARY'] }] },
    { field: { unique: 'tenant' }, made: [{ unique: true, columns: ['a BINARY'] }] },
    { field: { unique: true, caseSensitive: false }, made: [{ unique: true, columns: ['a NOCASE'] }] },
    { field: {}, made: [] },
  ])('$field makes $made', async ({ field, made }) => {
    expect((await tableOf({ a: { ...text, ...field } })).indexes).toEqual(made);
  });

  it.each([
    { field: {}, onDelete: 'SET NULL' },
    { field: { deleteBehavior: 'cascade' }, onDelete: 'CASCADE' },
    { field: { deleteBehavior: 'restrict' }, onDelete: 'RESTRICT' },
  ])('reference with $field makes a foreign key that does $onDelete', async ({ field, onDelete }) => {
    const { foreignKeys } = await tableOf({ a: { type: 'lookup', reference: 'other', ...field } });
    expect(foreignKeys).toMatchObject([{ columns: ['a'], table: 'other', onDelete }]);
  });

  it('storage with notNull makes the column NOT NULL', async () => {
    const { columns } = await tableOf({ a: { ...text, storage: { notNull: true } }, b: text });
    expect(
      columns.filter(({ name, notNull }) => notNull && name.length === 1).map(({ name }) => name),
    ).toEqual(['a']);
  });

  it('format and autonumberFormat number records, the latter first', async () => {
    const { driver } = await tableOf({
      a: { type: 'autonumber', format: 'A-{000}' },
      b: { type: 'autonumber', format: 'A-{000}', autonumberFormat: 'B-{0}' },
    });
    expect(await driver.create('thing', {})).toMatchObject({ a: 'A-001', b: 'B-1' });
  });

  it('options say by value what a record may hold, and by default what it starts with', async () => {
    const { driver } = await tableOf({ a: { type: 'select', options } });
    expect(await driver.create('thing', {})).toMatchObject({ a: 'b' });
    await expect(driver.create('thing', { a: 'A' })).rejects.toMatchObject({
      details: { violations: [{ field: 'a', rule: 'option' }] },
    });
  });

  it('a token of a day or an instant becomes what the field holds', async () => {
    const { driver } = await tableOf({
      midnight: { type: 'datetime', defaultValue: 'TODAY()' },
      moment: { type: 'time', defaultValue: 'NOW()' },
    });
    const record = await driver.create('thing', {});
    const now = String(record.created_at);
    expect(record).toMatchObject({
      midnight: `${now.slice(0, 10)}T00:00:00.000Z`,
      moment: now.slice(11, 19),
    });
  });
});
