import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, type DriverTrial, ifCapable } from './driver-trial.js';

const TICKET = ObjectDefinitionSchema.parse({
  name: 'ticket',
  idType: 'integer',
  fields: { name: { type: 'text' }, parent: { type: 'lookup', reference: 'ticket' } },
});
const ID = /^[1-9][0-9]*$/;
/** Ids beyond 2^53 that no JavaScript number distinguishes. */
const LARGE = ['9007199254740993', '9007199254740992', '-9223372036854775808'];
/** Texts that denote the integer 5 to a database, or no integer of 64 bits. */
const OTHER_NOTATIONS = ['05', '5.0', '+5', ' 5', '5e0', 'x', '', '9223372036854775808'];

const tickets = (behavior: string, run: (driver: IDataDriver, trial: DriverTrial) => Promise<void>) =>
  ifCapable(['integerIds', 'schemaSync', 'queryFilters'], behavior, async (trial) => {
    await trial.driver.syncSchema('ticket', TICKET);
    await run(trial.driver, trial);
  });

const idsOf = (records: readonly { id: string }[]) => records.map(({ id }) => id);

export const integerIdChecks: DriverChecks = {
  assigned: tickets('a record without an id gets one, which is larger than those before', async (driver) => {
    const first = await driver.create('ticket', { name: 'first' });
    assert.match(first.id, ID);
    await driver.create('ticket', { id: '41' });
    const last = await driver.create('ticket', { parent: first.id });
    assert.equal(last.id, '42');
    assert.deepEqual(await driver.findOne('ticket', { where: { id: last.id } }), last);
    assert.equal((await driver.upsert('ticket', { id: first.id, name: 'again' }, ['id'])).id, first.id);
  }),
  'never-again': tickets('the id of a deleted record is not assigned again', async (driver) => {
    await driver.create('ticket', { id: '41' });
    await driver.delete('ticket', '41');
    assert.equal((await driver.create('ticket', {})).id, '42');
  }),
  bulk: {
    ...tickets('bulkCreate returns the record of each item, with its id', async (driver) => {
      const names = Array.from({ length: 20 }, (_, index) => `ticket ${index}`);
      const items = names.map((name, index) => (index === 9 ? { name, id: '41' } : { name }));
      const made = await driver.bulkCreate('ticket', items);
      assert.deepEqual([made.map(({ name }) => name), made[9]?.id], [names, '41']);
      for (const one of made)
        assert.deepEqual(await driver.findOne('ticket', { where: { id: one.id } }), one);
    }),
    capabilities: ['integerIds', 'schemaSync', 'bulkCreate', 'queryFilters'],
  },
  digits: tickets('every digit of an id is preserved, in records and in lookups', async (driver) => {
    for (const id of LARGE) await driver.create('ticket', { id, name: `no ${id}` });
    for (const parent of LARGE) {
      const { id } = await driver.create('ticket', { id: String(LARGE.indexOf(parent) + 1), parent });
      assert.equal((await driver.findOne('ticket', { where: { id } }))?.parent, parent);
      assert.equal((await driver.findOne('ticket', { where: { id: parent } }))?.name, `no ${parent}`);
    }
  }),
  given: tickets(
    'another notation of an id or reference is rejected with validation_failed',
    async (driver) => {
      await driver.create('ticket', { id: '5' });
      for (const id of OTHER_NOTATIONS)
        for (const data of [{ id }, { parent: id }])
          await refused(driver.create('ticket', data), 'validation_failed');
      await refused(driver.create('ticket', { parent: '99' }), 'foreign_key_violation');
      assert.deepEqual(idsOf(await driver.find('ticket')), ['5']);
    },
  ),
  found: tickets('another notation of an id finds no record', async (driver) => {
    await driver.create('ticket', { id: '5' });
    await driver.create('ticket', { id: '6', parent: '5' });
    for (const id of OTHER_NOTATIONS) {
      assert.deepEqual(await driver.find('ticket', { where: { id } }), []);
      assert.deepEqual(await driver.find('ticket', { where: { parent: { $in: [id] } } }), []);
      await refused(driver.update('ticket', id, { name: 'x' }), 'record_not_found');
      assert.equal(await driver.delete('ticket', id), false);
    }
    assert.equal(await driver.count('ticket', { where: { name: null } }), 2);
  }),
  order: {
    ...tickets('ids are sorted, compared and paged by value', async (driver) => {
      for (const id of ['10', '9', '-1', '100']) await driver.create('ticket', { id });
      const orderBy = [{ field: 'id', order: 'desc' as const }];
      assert.deepEqual(idsOf(await driver.find('ticket', { orderBy })), ['100', '10', '9', '-1']);
      assert.deepEqual(idsOf(await driver.find('ticket', { orderBy, cursor: { id: '10' } })), ['9', '-1']);
      assert.deepEqual(idsOf(await driver.find('ticket', { orderBy, where: { id: { $gt: '9' } } })), [
        '100',
        '10',
      ]);
    }),
    capabilities: ['integerIds', 'schemaSync', 'queryFilters', 'querySorting', 'queryPagination'],
  },
  'type-change': tickets('a deployed object cannot get another idType', async (driver) => {
    await driver.create('ticket', { id: '5' });
    const { idType: _, ...texts } = TICKET;
    await refused(driver.syncSchema('ticket', texts), 'not_supported');
    assert.deepEqual(idsOf(await driver.find('ticket')), ['5']);
  }),
};
