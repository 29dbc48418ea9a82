import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import {
  deniedCall,
  deniedObject,
  drain,
  type Feature,
  type Guarantee,
  ofDefinition,
  ofMethod,
} from './capability-row.js';
import { type DriverCall, itemsOf, optionsOf } from './driver-call.js';
import type { Capability } from './driver-trial.js';
import { hasIndexes, isArrayField, isJsonField } from './field-kinds.js';
import { QUERY_FEATURES } from './query-features.js';

/** Capabilities that describe the driver, without gating calls. */
type Description = 'lockBudgetMs' | 'sqlDialect';

const NEW_FOLDER = { id: 'denied', name: 'denied' };

const withField = (field: object) => deniedObject({ fields: { value: field } });

const hasField = (is: typeof isJsonField) => (definition: ObjectDefinition) =>
  Object.values(definition.fields).some(is);

const begin = async (driver: IDataDriver) => driver.rollback(await driver.beginTransaction());

async function nest(driver: IDataDriver): Promise<void> {
  const transaction = await driver.beginTransaction();
  try {
    await driver.beginTransaction({ transaction });
  } finally {
    await driver.rollback(transaction);
  }
}

const hasArguments = ({ method: name, args }: DriverCall) =>
  name === 'execute'
    ? Array.isArray(args[1]) && args[1].length > 0
    : name === 'executeAtomic' &&
      itemsOf(args[0]).some((one) => Array.isArray(one.args) && one.args.length > 0);

/**
 * What each capability gates: the single source for which requirements are skipped, which calls must be rejected, and
 * what the reference says.
 */
export const CAPABILITY_TABLE = {
  bulkCreate: ofMethod('bulkCreate', (driver) => driver.bulkCreate('folder', [NEW_FOLDER])),
  bulkUpdate: ofMethod('bulkUpdate', (driver) =>
    driver.bulkUpdate('folder', [{ id: 'f1', data: { name: 'x' } }]),
  ),
  bulkDelete: ofMethod('bulkDelete', (driver) => driver.bulkDelete('folder', ['f1'])),
  transactions: {
    gates: '`beginTransaction`, `commit`, and the option `transaction` of every call',
    isUsedBy: (call) =>
      ['beginTransaction', 'commit', 'rollback'].includes(call.method) ||
      optionsOf(call).transaction !== undefined,
    denied: [
      deniedCall(begin),
      deniedCall((driver) => driver.create('folder', NEW_FOLDER, { transaction: { id: 'none' } })),
    ],
  },
  savepoints: {
    gates: 'the option `transaction` of `beginTransaction`',
    isUsedBy: (call) => call.method === 'beginTransaction' && optionsOf(call).transaction !== undefined,
    denied: [deniedCall(nest, 'transactions')],
  },
  isolationLevels: {
    gates: 'the option `isolationLevel` of `beginTransaction` with a level that is not in the list',
    isUsedBy: (call) => call.method === 'beginTransaction' && optionsOf(call).isolationLevel !== undefined,
    denied: [
      deniedCall((driver) => driver.beginTransaction({ isolationLevel: 'serializable' }), 'transactions'),
    ],
  },
  ...QUERY_FEATURES,
  streaming: ofMethod('findStream', (driver) => drain(driver.findStream('account'))),
  jsonFields: ofDefinition(
    'deploying a field whose value is JSON, unless it is a list of values',
    hasField(isJsonField),
    withField({ type: 'json' }),
  ),
  arrayFields: ofDefinition(
    'deploying a field with a list of values',
    hasField(isArrayField),
    withField({ type: 'tags' }),
    withField({ type: 'lookup', reference: 'account', multiple: true }),
  ),
  integerIds: ofDefinition(
    'deploying an object with `idType: integer`',
    ({ idType }) => idType === 'integer',
    deniedObject({ idType: 'integer' }),
  ),
  indexes: ofDefinition(
    'deploying an object with `indexes` or a field with `index: true`',
    hasIndexes,
    deniedObject({ indexes: [{ fields: ['name'] }] }),
    withField({ type: 'text', index: true }),
  ),
  schemaSync: ofMethod('syncSchema', (driver) => driver.syncSchema('denied', deniedObject({}))),
  batchSchemaSync: ofMethod('syncSchemasBatch', (driver) =>
    driver.syncSchemasBatch([{ object: 'denied', definition: deniedObject({}) }]),
  ),
  rawSql: ofMethod('execute', (driver) => driver.execute('SELECT 1')),
  migrations: ofMethod('executeAtomic', (driver) => driver.executeAtomic([{ sql: 'SELECT 1' }])),
  foreignKeySuspension: {
    gates: "the option `foreignKeys: 'off'` of `executeAtomic`",
    isUsedBy: (call) => call.method === 'executeAtomic' && optionsOf(call).foreignKeys === 'off',
    denied: [
      deniedCall(
        (driver) => driver.executeAtomic([{ sql: 'SELECT 1' }], { foreignKeys: 'off' }),
        'migrations',
      ),
    ],
  },
  sqlPlaceholders: {
    gates: 'arguments of SQL statements',
    isUsedBy: hasArguments,
    denied: [
      deniedCall((driver) => driver.execute('SELECT 1', ['x']), 'rawSql'),
      deniedCall((driver) => driver.executeAtomic([{ sql: 'SELECT 1', args: ['x'] }]), 'migrations'),
    ],
  },
  exclusiveTransactions: {
    otherwise:
      'Others can write while a transaction is open. Of two writes of the same record, one waits, or one of them, or the commit of its transaction, is rejected with `database_busy`.',
  },
  deferredReferences: {
    otherwise: 'A write in a transaction whose lookup refers to a missing record is rejected immediately.',
  },
  binaryCollation: { otherwise: 'Texts are compared and sorted in the order of the database.' },
  gaplessAutonumbers: { otherwise: 'Autonumbers are distinct and ascending, but may have gaps.' },
  expressionDefaults: {
    otherwise:
      'A default that is a CEL expression is not applied: the field has no value unless it is given.',
  },
  atomicBatchSchemaSync: {
    otherwise: '`syncSchemasBatch` may deploy the objects before a rejected one.',
  },
} as const satisfies Readonly<Record<Exclude<Capability, Description>, Feature | Guarantee>>;
