import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import { assertRegistryTables } from './assert-registry-tables.js';
import { listAuditEntries } from './audit-table.js';
import { claimPooledDatabase } from './claim-pooled-database.js';
import { CompiledQueries } from './compiled-queries.js';
import {
  addTenantCopy,
  changeTenantCopy,
  getTenantCopy,
  listTenantCopies,
  removeTenantCopy,
} from './copy-table.js';
import {
  findDeployedBundles,
  getDeployment,
  listDeployments,
  listUnfinishedDeployments,
  renewDeployment,
} from './deployment-table.js';
import { fleetStoreOn } from './fleet/fleet-store-on.js';
import { GroupedReads } from './grouped-reads.js';
import { GroupedWrites } from './grouped-writes.js';
import { isPostgres, readCommitted, writing } from './is-postgres.js';
import { addMember, listMembers, removeMember } from './member-table.js';
import {
  addPooledDatabase,
  changePooledDatabase,
  listPooledDatabases,
  removePooledDatabase,
} from './pool-table.js';
import { claimQuota, endReservation, readQuota, removeExpired } from './quota-table.js';
import { migrateRegistry } from './registry-migrations.js';
import type { RegistryTables } from './registry-tables.js';
import { saveDeployments } from './save-deployments.js';
import { selectTenants } from './select-tenants.js';
import { setQuotaOverrides } from './set-quota-overrides.js';
import { listSteps, recordStep } from './step-table.js';
import { createTenantFromCopy, switchDatabase } from './switch-database.js';
import {
  addTemplate,
  findTemplate,
  listTemplates,
  removeTemplate,
  retireTemplate,
  touchTemplate,
} from './template-table.js';
import { extendLease, takeLease } from './tenant-leases.js';
import {
  createTenant,
  findByRequestKey,
  findTenants,
  listAbandoned,
  listAllTenants,
  listOverdue,
  listTenants,
  readTenantRows,
} from './tenant-table.js';
import { toTenantRecord } from './to-tenant-record.js';
import { updateTenant } from './update-tenant.js';
import { withRegistryErrors } from './with-registry-errors.js';
import { extendWorkLease, takeWorkLease } from './work-lease-table.js';
import { writeTenantNames } from './write-tenant-names.js';

/** Tenant registry on a database of either dialect. `close` releases the database. */
export function registryOn(db: Kysely<RegistryTables>, close: () => Promise<void>): ITenantRegistry {
  const deployments = new GroupedWrites(db, saveDeployments);
  const queries = new CompiledQueries(db);
  const tenants = new GroupedReads((tenantIds) => readTenantRows(queries, tenantIds));
  return withRegistryErrors({
    ...fleetStoreOn(db),
    async initialize() {
      await migrateRegistry(db);
      await assertRegistryTables(db);
    },
    createTenant: (record, by, lease) =>
      readCommitted(db).execute((transaction) => createTenant(transaction, record, { by, lease })),
    findByRequestKey: (organizationId, requestKey) => findByRequestKey(db, organizationId, requestKey),
    async getTenant(tenantId) {
      // On a server, a slow read must not delay others.
      const row = isPostgres(db)
        ? (await readTenantRows(queries, [tenantId])).get(tenantId)
        : await tenants.get(tenantId);
      return row ? toTenantRecord(row) : null;
    },
    listAllTenants: () => listAllTenants(db),
    findTenants: (query) => findTenants(db, query),
    selectTenants: (organizationId, selection) => selectTenants(queries, organizationId, selection),
    setTenantNames: (tenantId, change, by) =>
      writeTenantNames((work) => readCommitted(db).execute(work), tenantId, { ...change, by }),
    listTenants: (organizationId) => listTenants(db, organizationId),
    updateTenant: (tenantId, from, change, by) =>
      readCommitted(db).execute((transaction) => updateTenant(transaction, tenantId, { from, change, by })),
    listOverdue: (now) => listOverdue(db, now),
    listAbandoned: (now) => listAbandoned(db, now),
    takeWorkLease: (name, lease) => writing(db, (one) => takeWorkLease(one, name, lease)),
    extendWorkLease: (name, lease) => writing(db, (one) => extendWorkLease(one, name, lease)),
    addPooledDatabase: (record) =>
      readCommitted(db).execute((transaction) => addPooledDatabase(transaction, record)),
    listPooledDatabases: () => listPooledDatabases(db),
    changePooledDatabase: (tenantId, from, change) =>
      writing(db, (one) => changePooledDatabase(one, tenantId, { from, change })),
    removePooledDatabase: (tenantId) =>
      readCommitted(db).execute((transaction) => removePooledDatabase(transaction, tenantId)),
    claimPooledDatabase: (poolKey, claim) => claimPooledDatabase(db, { poolKey, ...claim }),
    addTenantCopy: (copy, by) =>
      readCommitted(db).execute((transaction) => addTenantCopy(transaction, copy, by)),
    getTenantCopy: (id) => getTenantCopy(db, id),
    listTenantCopies: (query) => listTenantCopies(db, query),
    changeTenantCopy: (id, from, change, by) =>
      readCommitted(db).execute((transaction) => changeTenantCopy(transaction, id, { from, change, by })),
    removeTenantCopy: (id) => readCommitted(db).execute((transaction) => removeTenantCopy(transaction, id)),
    createTenantFromCopy: (copyId, record, by) =>
      createTenantFromCopy(db, (work) => readCommitted(db).execute(work), { copyId, record, by }),
    switchDatabase: (tenantId, change, by) =>
      switchDatabase((work) => readCommitted(db).execute(work), tenantId, { change, by }),
    takeLease: (tenantId, request) =>
      readCommitted(db).execute((transaction) => takeLease(transaction, tenantId, request)),
    extendLease: (tenantId, lease) => writing(db, (one) => extendLease(one, tenantId, lease)),
    recordStep: (tenantId, name, change) =>
      change.next === undefined && change.also === undefined
        ? writing(db, (one) => recordStep(one, tenantId, { name, change }))
        : readCommitted(db).execute((transaction) => recordStep(transaction, tenantId, { name, change })),
    listSteps: (tenantId) => listSteps(db, tenantId),
    saveDeployment: (record, guard, by) => deployments.run({ record, guard, by }),
    renewDeployment: (tenantId, deploymentId, renewal) =>
      writing(db, (one) => renewDeployment(one, { tenantId, deploymentId }, renewal)),
    getDeployment: (tenantId, deploymentId) => getDeployment(db, tenantId, deploymentId),
    listDeployments: (tenantId) => listDeployments(db, tenantId),
    listUnfinishedDeployments: (updatedBefore) => listUnfinishedDeployments(db, updatedBefore),
    findDeployedBundles: (checksums) => findDeployedBundles(db, checksums),
    addTemplate: (record) => writing(db, (one) => addTemplate(one, record)),
    findTemplate: (contentKey) => findTemplate(db, contentKey),
    listTemplates: () => listTemplates(db),
    touchTemplate: (databaseName, use) => writing(db, (one) => touchTemplate(one, databaseName, use)),
    retireTemplate: (databaseName, unusedSince) =>
      readCommitted(db).execute((transaction) => retireTemplate(transaction, databaseName, unusedSince)),
    removeTemplate: (databaseName) =>
      readCommitted(db).execute((transaction) => removeTemplate(transaction, databaseName)),
    claimQuota: (claim) => readCommitted(db).execute((one) => claimQuota(one, claim)),
    readQuota: (period) => readQuota(db, period),
    endReservation: (id, end) => readCommitted(db).execute((one) => endReservation(one, id, end)),
    removeExpired: (tenantId, now) => writing(db, (one) => removeExpired(one, tenantId, now)),
    addMember: (claim) => readCommitted(db).execute((one) => addMember(one, claim)),
    removeMember: (tenantId, userId) => writing(db, (one) => removeMember(one, tenantId, userId)),
    listMembers: (tenantId, page) => listMembers(db, tenantId, page),
    setQuotaOverrides: (tenantId, overrides, by) =>
      readCommitted(db).execute((one) => setQuotaOverrides(one, tenantId, { overrides, by })),
    listAuditEntries: (query) => listAuditEntries(db, query),
    close,
  });
}
