import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable } from './driver-trial.js';

const thing = (fields: Record<string, object>, rest: object = {}): ObjectDefinition =>
  ObjectDefinitionSchema.parse({ name: 'thing', fields, ...rest });

const TEXT = { type: 'text' };

const deploy = (driver: IDataDriver, fields: Record<string, object>, rest?: object) =>
  driver.syncSchema('thing', thing(fields, rest));

/** A type of the same storage for each type, and a value that the second one cannot store. */
const RETYPES: readonly (readonly [from: string, to: string, value: string])[] = [
  ['text', 'date', 'no_such_day'],
  ['text', 'datetime', 'no_such_time'],
  ['textarea', 'time', '25:00'],
  ['date', 'time', '2026-01-01'],
];

/** Codes for a change that the stored values do not permit. */
const RETYPE_CODES = new Set(['conversion_failed', 'destructive_not_allowed']);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'accepted';
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error.code;
    throw error;
  }
}

/** The steps of finding records by one field, with the name of the field replaced. */
async function stepsOf(driver: IDataDriver, field: string): Promise<string> {
  const { steps } = await driver.explain('thing', { where: { [field]: 'x' } });
  return steps.join('\n').replaceAll(field, 'field');
}

/** What deployed definitions enforce. */
export const schemaRulesChecks: DriverChecks = {
  'retyped-values': ifCapable(
    'schemaSync',
    'syncSchema rejects another type of a field that cannot store its values, also with the same storage, and preserves them',
    async ({ driver }) => {
      for (const [index, [from, to, value]] of RETYPES.entries()) {
        const name = `retyped_${index}`;
        const sync = (type: string) =>
          driver.syncSchema(name, ObjectDefinitionSchema.parse({ name, fields: { value: { type } } }));
        await sync(from);
        const made = await driver.create(name, { value });
        const code = await codeOf(sync(to));
        assert.ok(RETYPE_CODES.has(code), `${from} to ${to} with the value ${value}: ${code}`);
        assert.deepEqual(await driver.find(name), [made]);
      }
    },
  ),
  unique: ifCapable(
    'schemaSync',
    'syncSchema deploys unique fields: a duplicate is rejected with unique_violation',
    async ({ driver }) => {
      await deploy(driver, { code: { ...TEXT, unique: true } });
      await driver.create('thing', { code: 'x' });
      await refused(driver.create('thing', { code: 'x' }), 'unique_violation');
    },
  ),
  'unique-later': ifCapable(
    'schemaSync',
    'syncSchema makes a deployed field unique, unless it has duplicates',
    async ({ driver }) => {
      await deploy(driver, { code: TEXT });
      await driver.create('thing', { code: 'x' });
      const { id } = await driver.create('thing', { code: 'x' });
      await refused(deploy(driver, { code: { ...TEXT, unique: true } }), 'unique_violation');
      await driver.update('thing', id, { code: 'y' });
      await deploy(driver, { code: { ...TEXT, unique: true } });
      await refused(driver.update('thing', id, { code: 'x' }), 'unique_violation');
    },
  ),
  'never-weakens': ifCapable(
    'schemaSync',
    'syncSchema rejects the removal of a unique rule, which remains in effect',
    async ({ driver }) => {
      await deploy(driver, { code: { ...TEXT, unique: true } });
      await driver.create('thing', { code: 'x' });
      await refused(deploy(driver, { code: TEXT }), 'destructive_not_allowed');
      await refused(driver.create('thing', { code: 'x' }), 'unique_violation');
    },
  ),
  'unique-index': ifCapable(
    ['schemaSync', 'indexes'],
    'syncSchema deploys unique indexes: a duplicate combination is rejected with unique_violation',
    async ({ driver }) => {
      await deploy(driver, { a: TEXT, b: TEXT }, { indexes: [{ fields: ['a', 'b'], unique: true }] });
      await driver.create('thing', { a: 'x', b: 'y' });
      await driver.create('thing', { a: 'x', b: 'z' });
      await refused(driver.create('thing', { a: 'x', b: 'y' }), 'unique_violation');
    },
  ),
  'partial-index': ifCapable(
    ['schemaSync', 'indexes'],
    'a unique index with a condition applies only to the records that meet it',
    async ({ driver }) => {
      const indexes = [{ fields: ['code'], unique: true, partial: "status = 'open'" }];
      await deploy(driver, { code: TEXT, status: TEXT }, { indexes });
      await driver.create('thing', { code: 'x', status: 'closed' });
      const { id } = await driver.create('thing', { code: 'x', status: 'closed' });
      await driver.create('thing', { code: 'x', status: 'open' });
      await refused(driver.create('thing', { code: 'x', status: 'open' }), 'unique_violation');
      await refused(driver.update('thing', id, { status: 'open' }), 'unique_violation');
    },
  ),
  'plain-index': ifCapable(
    ['schemaSync', 'indexes', 'queryFilters'],
    'explain describes another way of finding records by an indexed field than by one without an index',
    async ({ driver }) => {
      await deploy(
        driver,
        { first: TEXT, second: { ...TEXT, index: true }, other: TEXT },
        { indexes: [{ fields: ['first'] }] },
      );
      const unindexed = await stepsOf(driver, 'other');
      for (const field of ['first', 'second'])
        assert.notEqual(await stepsOf(driver, field), unindexed, `The index on ${field} is not used.`);
    },
  ),
  'not-null': ifCapable(
    'schemaSync',
    'syncSchema deploys storage.notNull: a record without a value is rejected with not_null_violation, also from a system write',
    async ({ driver }) => {
      await deploy(driver, { name: TEXT, code: { ...TEXT, storage: { notNull: true } } });
      const made = await driver.create('thing', { code: 'x' });
      for (const options of [{}, { system: true }]) {
        await refused(driver.create('thing', { name: 'without' }, options), 'not_null_violation');
        await refused(driver.update('thing', made.id, { code: null }, options), 'not_null_violation');
      }
      assert.deepEqual(await driver.find('thing'), [made]);
    },
  ),
  'not-null-later': ifCapable(
    'schemaSync',
    'syncSchema rejects storage.notNull for a field without a value in a record',
    async ({ driver }) => {
      await deploy(driver, { code: TEXT });
      await driver.create('thing', {});
      await refused(deploy(driver, { code: { ...TEXT, storage: { notNull: true } } }), 'not_null_violation');
    },
  ),
};
