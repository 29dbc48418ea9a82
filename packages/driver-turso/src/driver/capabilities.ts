import { type DriverCapabilities, DriverCapabilitiesSchema } from '@objectstack/spec/data';

export const TURSO_CAPABILITIES: DriverCapabilities = DriverCapabilitiesSchema.parse({
  create: true,
  read: true,
  update: true,
  delete: true,
  bulkCreate: true,
  bulkUpdate: true,
  bulkDelete: true,
  transactions: true,
  isolationLevels: ['serializable'],
  queryFilters: true,
  querySorting: true,
  queryPagination: true,
  jsonFields: true,
  arrayFields: true,
  schemaSync: true,
  migrations: true,
  indexes: true,
});
