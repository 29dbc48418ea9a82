import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable } from './driver-trial.js';

const TEXT = { type: 'text' };

const deploy = (driver: IDataDriver, object: string, fields: Record<string, object>) =>
  driver.syncSchema(object, ObjectDefinitionSchema.parse({ name: object, fields }));

const lookupTo = (reference: string) => ({ ref: { type: 'lookup', reference } });

/** What deploying a definition must not weaken, because the database enforces it for every writer. */
export const schemaWeakeningChecks: DriverChecks = {
  'keeps-values': ifCapable(
    'schemaSync',
    'syncSchema rejects a computed type of a stored field, whose values would be lost',
    async ({ driver }) => {
      await deploy(driver, 'thing', { code: TEXT });
      const made = await driver.create('thing', { code: 'x' });
      const computed = { type: 'formula', expression: '1' };
      await refused(deploy(driver, 'thing', { code: computed }), 'destructive_not_allowed');
      assert.deepEqual(await driver.find('thing'), [made]);
    },
  ),
  'keeps-not-null': ifCapable(
    'schemaSync',
    'syncSchema rejects the removal of storage.notNull, which remains in effect',
    async ({ driver }) => {
      await deploy(driver, 'thing', { code: { ...TEXT, storage: { notNull: true } } });
      await refused(deploy(driver, 'thing', { code: TEXT }), 'destructive_not_allowed');
      await refused(driver.create('thing', {}), 'not_null_violation');
    },
  ),
  'keeps-case': ifCapable(
    'schemaSync',
    'syncSchema rejects the removal of caseSensitive: false from a unique field, which remains in effect',
    async ({ driver }) => {
      const code = { ...TEXT, unique: true };
      await deploy(driver, 'thing', { code: { ...code, caseSensitive: false } });
      await driver.create('thing', { code: 'x' });
      await refused(deploy(driver, 'thing', { code }), 'destructive_not_allowed');
      await refused(driver.create('thing', { code: 'X' }), 'unique_violation');
    },
  ),
  'keeps-lookups': ifCapable(
    'schemaSync',
    'syncSchema rejects another type of a lookup that refers to no object, and the lookup remains in effect',
    async ({ driver }) => {
      await deploy(driver, 'target', { name: TEXT });
      await deploy(driver, 'thing', lookupTo('target'));
      await refused(deploy(driver, 'thing', { ref: TEXT }), 'destructive_not_allowed');
      await refused(driver.create('thing', { ref: 'none' }), 'foreign_key_violation');
    },
  ),
  'new-reference': ifCapable(
    'schemaSync',
    'syncSchema rejects another reference of a lookup whose values are no ids of its records, and preserves them',
    async ({ driver }) => {
      for (const object of ['target', 'other']) await deploy(driver, object, { name: TEXT });
      await deploy(driver, 'thing', lookupTo('target'));
      const { id } = await driver.create('target', {});
      const made = await driver.create('thing', { ref: id });
      const error = await deploy(driver, 'thing', lookupTo('other')).catch((reason: unknown) => reason);
      const codes = ['destructive_not_allowed', 'foreign_key_violation'] as const;
      assert.ok(ObjectStackError.isInstance(error, ...codes), `found ${String(error)}`);
      assert.deepEqual(await driver.find('thing'), [made]);
    },
  ),
};
