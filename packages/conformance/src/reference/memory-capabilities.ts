import { DriverCapabilitiesSchema } from '@objectstack/spec/data';

/** SQL and therefore migrations are not supported in memory. */
export const MEMORY_CAPABILITIES = DriverCapabilitiesSchema.parse({
  bulkCreate: true,
  bulkUpdate: true,
  bulkDelete: true,
  transactions: true,
  savepoints: true,
  exclusiveTransactions: true,
  deferredReferences: true,
  isolationLevels: ['serializable'],
  queryFilters: true,
  queryAggregations: true,
  querySorting: true,
  queryPagination: true,
  binaryCollation: true,
  caseSensitiveAliases: true,
  streaming: true,
  jsonFields: true,
  arrayFields: true,
  gaplessAutonumbers: true,
  expressionDefaults: true,
  schemaSync: true,
  batchSchemaSync: true,
  atomicBatchSchemaSync: true,
  indexes: true,
});
