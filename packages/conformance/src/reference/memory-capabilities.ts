import { DriverCapabilitiesSchema } from '@objectstack/spec/data';

/** SQL and therefore migrations are not supported in memory. */
export const MEMORY_CAPABILITIES = DriverCapabilitiesSchema.parse({
  create: true,
  read: true,
  update: true,
  delete: true,
  bulkCreate: true,
  bulkUpdate: true,
  bulkDelete: true,
  transactions: true,
  savepoints: true,
  isolationLevels: ['serializable'],
  queryFilters: true,
  queryAggregations: true,
  querySorting: true,
  queryPagination: true,
  streaming: true,
  jsonFields: true,
  arrayFields: true,
  schemaSync: true,
  batchSchemaSync: true,
  indexes: true,
});
