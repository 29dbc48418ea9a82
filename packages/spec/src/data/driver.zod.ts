import * as z from 'zod';

const flag = (description: string) => z.boolean().default(false).describe(description);

export const DriverCapabilitiesSchema = z
  .strictObject({
    create: flag('Creates records.'),
    read: flag('Reads records.'),
    update: flag('Updates records.'),
    delete: flag('Deletes records.'),
    bulkCreate: flag('Creates many records in one call.'),
    bulkUpdate: flag('Updates many records in one call.'),
    bulkDelete: flag('Deletes many records in one call.'),
    transactions: flag('Groups calls into a transaction.'),
    savepoints: flag('Nests transactions.'),
    isolationLevels: z
      .array(z.enum(['read_uncommitted', 'read_committed', 'repeatable_read', 'serializable', 'snapshot']))
      .default([])
      .describe('Isolation levels of its transactions.'),
    queryFilters: flag('Returns only the records that match conditions.'),
    queryAggregations: flag('Aggregates.'),
    querySorting: flag('Orders.'),
    queryPagination: flag('Pages.'),
    queryWindowFunctions: flag('Computes over neighboring records.'),
    querySubqueries: flag('Uses one query inside another.'),
    queryCTE: flag('Common table expressions.'),
    joins: flag('Combines the records of several objects.'),
    fullTextSearch: flag('Searches texts by words.'),
    jsonQuery: flag('Queries inside JSON values.'),
    geospatialQuery: flag('Geospatial queries.'),
    streaming: flag('Streams results.'),
    jsonFields: flag('Fields that hold JSON.'),
    arrayFields: flag('Fields that hold lists.'),
    vectorSearch: flag('Finds the nearest vectors.'),
    schemaSync: flag('Creates the table of an object.'),
    batchSchemaSync: flag('Creates the tables of many objects in one call.'),
    migrations: flag('Runs statements atomically, so that migrations can be applied.'),
    indexes: flag('Makes indexes that definitions ask for.'),
    connectionPooling: flag('Pools connections.'),
    preparedStatements: flag('Prepares statements.'),
    queryCache: flag('Caches results.'),
    lockBudgetMs: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'How long the database lets a transaction keep others waiting before it gives it up, in milliseconds; null: as long as it takes.',
      ),
  })
  .describe('What a driver can do; what it cannot do it refuses as not_supported.');
export type DriverCapabilities = z.infer<typeof DriverCapabilitiesSchema>;
export type DriverCapabilitiesInput = z.input<typeof DriverCapabilitiesSchema>;
