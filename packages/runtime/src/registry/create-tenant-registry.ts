import type { ITenantRegistry, SqlDatabase } from '@objectstack/spec/contracts';
import { Kysely } from 'kysely';
import { controlDialect } from './control-dialect.js';
import {
  getDeployment,
  listDeployments,
  listUnfinishedDeployments,
  renewDeployment,
  saveDeployment,
} from './deployment-table.js';
import { migrateRegistry } from './registry-migrations.js';
import { assertRegistryTables, type RegistryTables } from './registry-tables.js';
import { listSteps, recordStep } from './step-table.js';
import {
  createTenant,
  getTenant,
  listAllTenants,
  listOverdue,
  listTenants,
  updateTenant,
} from './tenant-table.js';
import { withRegistryErrors } from './with-registry-errors.js';

/** Tenant registry on a SQLite-compatible database. Owns the database and closes it. */
export function createTenantRegistry(database: SqlDatabase): ITenantRegistry {
  const db = new Kysely<RegistryTables>({ dialect: controlDialect(database) });
  return withRegistryErrors({
    async initialize() {
      await migrateRegistry(db);
      await assertRegistryTables(db);
    },
    createTenant: (record) => createTenant(db, record),
    getTenant: (tenantId) => getTenant(db, tenantId),
    listAllTenants: () => listAllTenants(db),
    listTenants: (organizationId) => listTenants(db, organizationId),
    updateTenant: (tenantId, from, change) =>
      db.transaction().execute((transaction) => updateTenant(transaction, tenantId, { from, change })),
    listOverdue: (now) => listOverdue(db, now),
    recordStep: (tenantId, name, change) => recordStep(db, tenantId, { name, change }),
    listSteps: (tenantId) => listSteps(db, tenantId),
    saveDeployment: (record, guard) => saveDeployment(db, record, guard),
    renewDeployment: (tenantId, deploymentId, renewal) =>
      renewDeployment(db, { tenantId, deploymentId }, renewal),
    getDeployment: (tenantId, deploymentId) => getDeployment(db, tenantId, deploymentId),
    listDeployments: (tenantId) => listDeployments(db, tenantId),
    listUnfinishedDeployments: (updatedBefore) => listUnfinishedDeployments(db, updatedBefore),
    close: () => database.close(),
  });
}
