import * as z from 'zod';

const flag = (what: string) => z.boolean().default(false).describe(`Whether the driver can ${what}.`);

export const DriverCapabilitiesSchema = z
  .strictObject({
    create: flag('create records'),
    read: flag('read records'),
    update: flag('update records'),
    delete: flag('delete records'),
    bulkCreate: flag('create many records in one call'),
    bulkUpdate: flag('update many records in one call'),
    bulkDelete: flag('delete many records in one call'),
    transactions: flag('run several calls in one transaction'),
    savepoints: flag('nest transactions by means of savepoints'),
    isolationLevels: z
      .array(z.enum(['read_uncommitted', 'read_committed', 'repeatable_read', 'serializable', 'snapshot']))
      .default([])
      .describe('List of supported transaction isolation levels. Default: empty.'),
    queryFilters: flag('filter records by conditions'),
    queryAggregations: flag('aggregate records, for example count or sum them'),
    querySorting: flag('sort records'),
    queryPagination: flag('return records in pages'),
    queryWindowFunctions: flag('compute window functions'),
    querySubqueries: flag('run subqueries'),
    queryCTE: flag('use common table expressions (WITH clauses)'),
    joins: flag('join records of several objects'),
    fullTextSearch: flag('search text fields by words'),
    jsonQuery: flag('filter by values inside JSON fields'),
    geospatialQuery: flag('run geospatial queries'),
    streaming: flag('return results as a stream'),
    jsonFields: flag('store JSON fields'),
    arrayFields: flag('store fields with a list of values'),
    vectorSearch: flag('search for the most similar vectors'),
    schemaSync: flag('create and extend the table of an object'),
    batchSchemaSync: flag('create and extend the tables of many objects in one call'),
    migrations: flag('run SQL statements atomically, which migrations require'),
    indexes: flag('create the indexes that object definitions declare'),
    connectionPooling: flag('pool database connections'),
    preparedStatements: flag('prepare SQL statements'),
    queryCache: flag('cache query results'),
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
    'Features that a driver supports. Calls to a feature that is not declared are rejected with `not_supported`.',
  );
export type DriverCapabilities = z.infer<typeof DriverCapabilitiesSchema>;
export type DriverCapabilitiesInput = z.input<typeof DriverCapabilitiesSchema>;
