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

describe.each(transports(server))('a foreign key violation on $name', ({ open }) => {
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
    const broken = { account: 'a1', boss: 'nobody' };
    const contact = { code: 'foreign_key_violation', details: { object: 'contact', field: 'boss' } };
    await expect(driver.create('contact', broken)).rejects.toMatchObject(contact);
    await expect(driver.update('contact', 'c1', { boss: 'nobody' })).rejects.toMatchObject(contact);
    await expect(driver.upsert('contact', { id: 'c1', boss: 'nobody' }, ['id'])).rejects.toMatchObject(
      contact,
    );
    await expect(driver.bulkUpdate('contact', [{ id: 'c1', data: broken }])).rejects.toMatchObject(contact);
    await expect(driver.bulkCreate('contact', [{ account: 'a1' }, broken])).rejects.toMatchObject({
      ...contact,
      details: { ...contact.details, index: 1 },
    });
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
    expect(await driver.count('account')).toBe(1);
  });
});
