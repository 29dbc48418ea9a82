import assert from 'node:assert/strict';
import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable, withAnother } from './driver-trial.js';

const object = (name: string, fields: Record<string, unknown>): ObjectDefinition =>
  ObjectDefinitionSchema.parse({ name, fields });

const PLAIN = object('plain', { name: { type: 'text' } });
const WIDER = object('plain', { name: { type: 'text' }, size: { type: 'number' } });

export const schemaChecks: DriverChecks = {
  'new-object': ifCapable(
    'schemaSync',
    'syncSchema makes an object usable immediately',
    async ({ driver }) => {
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      assert.deepEqual(await driver.find('plain'), [made]);
    },
  ),
  'new-field': ifCapable(
    'schemaSync',
    'syncSchema adds a field and preserves the records',
    async ({ driver }) => {
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      await driver.syncSchema('plain', WIDER);
      assert.deepEqual(await driver.find('plain'), [{ ...made, size: null }]);
      assert.equal((await driver.update('plain', made.id, { size: 2 })).size, 2);
    },
  ),
  repeats: ifCapable(
    'schemaSync',
    'syncSchema of a deployed definition changes nothing',
    async ({ driver }) => {
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      await driver.syncSchema('plain', PLAIN);
      assert.deepEqual(await driver.find('plain'), [made]);
    },
  ),
  batch: ifCapable(
    'batchSchemaSync',
    'syncSchemasBatch deploys objects that refer to each other',
    async ({ driver }) => {
      const left = object('left', { other: { type: 'lookup', reference: 'right' } });
      const right = object('right', { other: { type: 'lookup', reference: 'left' } });
      await driver.syncSchemasBatch(
        [left, right].map((definition) => ({ object: definition.name, definition })),
      );
      const { id } = await driver.create('right', {});
      await driver.create('left', { other: id });
      await refused(driver.create('left', { other: 'no_such_id' }), 'foreign_key_violation');
    },
  ),
  'batch-all-or-none': ifCapable(
    ['batchSchemaSync', 'atomicBatchSchemaSync'],
    'syncSchemasBatch deploys no object if one is rejected',
    async ({ driver }) => {
      const work = driver.syncSchemasBatch([
        { object: 'plain', definition: PLAIN },
        { object: 'broken', definition: {} as ObjectDefinition },
      ]);
      await refused(work, 'invalid_request');
      await refused(driver.find('plain'), 'object_not_found');
    },
  ),
  'noticed-elsewhere': {
    ...withAnother('a deployment by one driver is visible to another', async ({ driver, another }) => {
      const other = await another();
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      assert.deepEqual(await other.find('plain'), [made]);
      await driver.syncSchema('plain', WIDER);
      await other.refresh();
      assert.equal((await other.create('plain', { size: 1 })).size, 1);
    }),
    capabilities: ['schemaSync'],
  },
};
