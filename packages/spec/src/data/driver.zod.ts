import * as z from 'zod';
import { SQLDialectSchema } from './driver-sql.zod.js';

const flag = (what: string) => z.boolean().default(false).describe(`Whether the driver can ${what}.`);

export const DriverCapabilitiesSchema = z
  .strictObject({
    bulkCreate: flag('create many records in one call'),
    bulkUpdate: flag('update many records in one call'),
    bulkDelete: flag('delete many records in one call'),
    transactions: flag('run several calls in one transaction'),
    savepoints: flag('nest transactions by means of savepoints'),
    exclusiveTransactions: flag(
      'make all other writers wait until a transaction ends. If `false`, other clients can write in the meantime; writes of the same records wait, or one of them is rejected with `database_busy`',
    ),
    deferredReferences: flag(
      'defer the check of references in a transaction to its commit. If `false`, a write whose lookup refers to a missing record is rejected immediately',
    ),
    isolationLevels: z
      .array(z.enum(['read_uncommitted', 'read_committed', 'repeatable_read', 'serializable', 'snapshot']))
      .default([])
      .describe('List of supported transaction isolation levels. Defaults to empty.'),
    queryFilters: flag('filter records by conditions'),
    queryAggregations: flag(
      'return rows that are not records: groups, aggregate values such as counts and sums, and distinct rows',
    ),
    querySorting: flag('sort records'),
    queryPagination: flag('return records in pages'),
    queryWindowFunctions: flag('compute window functions'),
    joins: flag('join records of several objects'),
    fullTextSearch: flag('search text fields by words'),
    binaryCollation: flag(
      'compare and sort text values by their bytes in UTF-8. If `false`, the database determines their order',
    ),
    caseSensitiveAliases: flag('return two values of one row under names that differ only in letter case'),
    streaming: flag('return results as a stream'),
    jsonFields: flag('store JSON fields'),
    arrayFields: flag('store fields with a list of values'),
    gaplessAutonumbers: flag(
      'assign consecutive autonumbers, also if writes are rejected, rolled back or concurrent. If `false`, autonumbers are distinct and ascending, but may have gaps',
    ),
    expressionDefaults: flag(
      'evaluate a CEL expression as the default of a field. If `false`, such a default is not applied',
    ),
    schemaSync: flag('create and extend the table of an object'),
    batchSchemaSync: flag('create and extend the tables of many objects in one call'),
    atomicBatchSchemaSync: flag(
      'deploy all or none of the objects of one `syncSchemasBatch` call. If `false`, objects before a rejected one may be deployed',
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
