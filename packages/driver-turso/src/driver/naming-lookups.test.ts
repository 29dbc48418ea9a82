import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { object } from '../../test/database.js';
import { sharedSqld, transports } from '../../test/transports.js';

const text = { type: 'text' };
const OBJECTS = [
  object('account', { name: text }),
  object('contact', {
    account: { type: 'lookup', reference: 'account' },
    boss: { type: 'lookup', reference: 'contact' },
  }),
  object('invoice', { account: { type: 'lookup', reference: 'account', deleteBehavior: 'restrict' } }),
];

const server = sharedSqld();

/** One kind of database; all of them if tests are exhaustive. */
describe.each(sampleOf(transports(server), 3, 2))('a foreign key violation on $name', ({ open }) => {
  async function filled() {
    const driver = await open();
    await driver.syncSchemasBatch(OBJECTS.map((definition) => ({ object: definition.name, definition })));
    await driver.create('account', { id: 'a1' });
    await driver.create('contact', { id: 'c1', account: 'a1' });
    await driver.create('invoice', { id: 'i1', account: 'a1' });
    return driver;
  }

  it('names the lookup that leads nowhere', async () => {
    const driver = await filled();
    const broken = { account: 'a1', boss: 'no-such-id' };
    const contact = { code: 'foreign_key_violation', details: { object: 'contact', field: 'boss' } };
    await expect(driver.create('contact', broken)).rejects.toMatchObject(contact);
    await expect(driver.update('contact', 'c1', { boss: 'no-such-id' })).rejects.toMatchObject(contact);
    await expect(driver.upsert('contact', { id: 'c1', boss: 'no-such-id' }, ['id'])).rejects.toMatchObject(
      contact,
    );
    await expect(driver.bulkUpdate('contact', [{ id: 'c1', data: broken }])).rejects.toMatchObject(contact);
    await expect(driver.bulkCreate('contact', [{ account: 'a1' }, broken])).rejects.toMatchObject({
      ...contact,
      details: { ...contact.details, index: 1 },
    });
    await expect(driver.updateMany('contact', { where: {} }, { boss: 'no-such-id' })).rejects.toMatchObject(
      contact,
    );
    expect(await driver.count('contact')).toBe(1);
  });

  it('names what refers to the record that was to be deleted', async () => {
    const driver = await filled();
    const account = {
      code: 'foreign_key_violation',
      details: { object: 'account', referredBy: { object: 'invoice', field: 'account' } },
    };
    await expect(driver.delete('account', 'a1')).rejects.toMatchObject(account);
    await expect(driver.bulkDelete('account', ['a1'])).rejects.toMatchObject(account);
    await expect(driver.deleteMany('account', { where: { id: 'a1' } })).rejects.toMatchObject(account);
    expect(await driver.count('account')).toBe(1);
  });

  it('is named when a transaction commits, which is undone', async () => {
    const driver = await filled();
    const transaction = await driver.beginTransaction();
    const inner = await driver.beginTransaction({ transaction });
    await driver.update('contact', 'c1', { boss: 'no-such-id' }, { transaction: inner });
    await driver.commit(inner);
    const error = await driver.commit(transaction).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'foreign_key_violation',
      details: { object: 'contact', field: 'boss' },
    });
    expect(error.message).not.toContain('no-such-id');
    expect(await driver.findOne('contact')).toMatchObject({ id: 'c1', boss: null });
    await driver.create('contact', { id: 'c2', boss: 'c1' });
  });

  it('is named in a deletion of a transaction, which goes on', async () => {
    const driver = await filled();
    const transaction = await driver.beginTransaction();
    await expect(driver.delete('account', 'a1', { transaction })).rejects.toMatchObject({
      details: { object: 'account', referredBy: { object: 'invoice', field: 'account' } },
    });
    await driver.delete('invoice', 'i1', { transaction });
    await driver.delete('account', 'a1', { transaction });
    await driver.commit(transaction);
    expect(await driver.count('account')).toBe(0);
  });

  const insert = `INSERT INTO contact (id, account, created_at, updated_at) VALUES (?, ?, '', '')`;

  it('is named in statements that run together or alone, and nothing of them stays', async () => {
    const driver = await filled();
    const dangling = [
      { sql: insert, args: ['c2', 'a1'] },
      { sql: insert, args: ['c3', 'no-such-id'] },
      { sql: insert, args: ['c4', 'a1'] },
    ];
    const contact = { code: 'foreign_key_violation', details: { object: 'contact', field: 'account' } };
    await expect(driver.executeAtomic(dangling)).rejects.toMatchObject(contact);
    await expect(driver.execute(insert, ['c3', 'no-such-id'])).rejects.toMatchObject(contact);
    const deletion = { sql: 'DELETE FROM account' };
    const account = {
      code: 'foreign_key_violation',
      details: { object: 'account', referredBy: { object: 'invoice', field: 'account' } },
    };
    await expect(driver.executeAtomic([deletion])).rejects.toMatchObject(account);
    await expect(driver.execute(deletion.sql)).rejects.toMatchObject(account);
    expect([await driver.count('contact'), await driver.count('account')]).toEqual([1, 1]);
    await driver.executeAtomic([{ sql: 'DELETE FROM invoice' }, deletion]);
    await expect(driver.create('contact', { account: 'a1' })).rejects.toMatchObject(contact);
  });

  it('is named where it is enforced by each statement', async () => {
    const driver = await filled();
    const table = `CREATE TABLE parts (id TEXT PRIMARY KEY, "whole 'x" TEXT REFERENCES parts (id))`;
    await driver.executeAtomic([{ sql: table }]);
    await expect(
      driver.executeAtomic([
        { sql: "INSERT INTO parts VALUES ('p1', NULL)" },
        { sql: "INSERT INTO parts VALUES ('p2', 'p3')" },
      ]),
    ).rejects.toMatchObject({
      code: 'foreign_key_violation',
      details: { object: 'parts', field: "whole 'x", statementIndex: 1 },
    });
    expect((await driver.execute('SELECT * FROM parts')).rows).toEqual([]);
  });

  it('is not taken for one that did not hold before', async () => {
    const driver = await filled();
    const broken = `INSERT INTO contact (id, boss, created_at, updated_at) VALUES ('c0', 'no-such-id', '', '')`;
    await driver.executeAtomic([{ sql: broken }], { foreignKeys: 'off' });
    const invoice = { code: 'foreign_key_violation', details: { object: 'invoice', field: 'account' } };
    const dangling = `INSERT INTO invoice (id, account, created_at, updated_at) VALUES ('i2', 'no-such-id', '', '')`;
    await expect(driver.execute(dangling)).rejects.toMatchObject(invoice);
    await expect(driver.executeAtomic([{ sql: dangling }])).rejects.toMatchObject(invoice);
    const transaction = await driver.beginTransaction();
    await driver.create('invoice', { account: 'no-such-id' }, { transaction });
    await expect(driver.commit(transaction)).rejects.toMatchObject(invoice);
    await expect(driver.execute('DELETE FROM account')).rejects.toMatchObject({
      details: { object: 'account', referredBy: { object: 'invoice', field: 'account' } },
    });
    await driver.create('invoice', { account: 'a1' });
    expect([await driver.count('contact'), await driver.count('invoice')]).toEqual([2, 2]);
  });
});
