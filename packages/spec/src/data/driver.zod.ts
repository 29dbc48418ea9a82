import * as z from 'zod';
import { SQLDialectSchema } from './driver-sql.zod.js';

const whether = (fact: string) => z.boolean().default(false).describe(`Whether ${fact}.`);
const flag = (ability: string) => whether(`the driver can ${ability}`);

export const DriverCapabilitiesSchema = z
  .strictObject({
    bulkCreate: flag('create many records in one call'),
    bulkUpdate: flag('update many records in one call'),
    bulkDelete: flag('delete many records in one call'),
    transactions: flag('run several calls in one transaction'),
    savepoints: flag('nest transactions by means of savepoints'),
    exclusiveTransactions: whether(
      'all other writers wait until a transaction ends. If `false`, other clients can write in the meantime; writes of the same records wait, or one of them is rejected with `database_busy`',
    ),
    deferredReferences: whether(
      'references are checked when a transaction is committed. If `false`, a write whose lookup refers to a missing record is rejected immediately',
    ),
    isolationLevels: z
      .array(z.enum(['read_uncommitted', 'read_committed', 'repeatable_read', 'serializable', 'snapshot']))
      .default([])
      .describe(
        'List of the transaction isolation levels that `beginTransaction` accepts. Defaults to none.',
      ),
    queryFilters: flag('filter records by conditions'),
    queryAggregations: flag(
      'return rows that are not records: groups, aggregate values such as counts and sums, and distinct rows',
    ),
    querySorting: flag('sort records'),
    queryPagination: flag('return records in pages'),
    queryWindowFunctions: flag('compute window functions'),
    joins: flag('join records of several objects'),
    fullTextSearch: flag('search text fields by words'),
    binaryCollation: whether(
      'text values are compared and sorted by their bytes in UTF-8. If `false`, the database determines their order',
    ),
    caseSensitiveAliases: flag('return two values of one row under names that differ only in letter case'),
    streaming: flag('return results as a stream'),
    jsonFields: flag('store JSON fields'),
    arrayFields: flag('store fields with a list of values'),
    integerIds: flag('store objects whose ids are integers that the database assigns (`idType: integer`)'),
    gaplessAutonumbers: whether(
      'autonumbers are consecutive, also if writes are rejected, rolled back or concurrent. If `false`, they are distinct and ascending, but may have gaps',
    ),
    expressionDefaults: whether(
      'a CEL expression as the default of a field is evaluated. If `false`, such a default is not applied',
    ),
    schemaSync: flag('create and extend the table of an object'),
    batchSchemaSync: flag('create and extend the tables of many objects in one call'),
    atomicBatchSchemaSync: whether(
      '`syncSchemasBatch` is atomic: it deploys all objects of the call, or none. If `false`, objects before a rejected one may be deployed',
    ),
    indexes: flag('create the indexes that object definitions declare'),
    rawSql: flag('run SQL statements through `execute`'),
    migrations: flag('run SQL statements atomically through `executeAtomic`, which migrations require'),
    foreignKeySuspension: flag(
      "run SQL statements atomically without enforcing foreign keys (`foreignKeys: 'off'`)",
    ),
    sqlDialect: SQLDialectSchema.nullable()
      .default(null)
      .describe('SQL dialect of `execute` and `executeAtomic`. `null` means another dialect, or no SQL.'),
    sqlPlaceholders: z
      .enum(['question_mark', 'dollar_number'])
      .nullable()
      .default(null)
      .describe(
        'Placeholders for the arguments of SQL statements. question_mark: `?` for each argument in order; dollar_number: `$1`, `$2` and so on. `null` means that statements take no arguments.',
      ),
    lockBudgetMs: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'Maximum time for which the database lets a transaction block other writers before it aborts the transaction, in milliseconds. `null` means no limit.',
      ),
  })
  .describe(
    'Features that a driver supports. Calls to a feature that is not declared are rejected with `not_supported`. Creating, reading, updating and deleting records is required of every driver.',
  );
export type DriverCapabilities = z.infer<typeof DriverCapabilitiesSchema>;
export type DriverCapabilitiesInput = z.input<typeof DriverCapabilitiesSchema>;
/** Isolation level of a transaction. */
export type IsolationLevel = DriverCapabilities['isolationLevels'][number];
