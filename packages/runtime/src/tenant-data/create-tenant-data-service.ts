import type { ITenantDataService } from '@objectstack/spec/contracts';
import { notSupported } from '@objectstack/spec/shared';
import { readOptions } from '../shared/read-options.js';
import { backupTenant, deleteBackup, listBackups } from './backup-tenant.js';
import { cloneTenant } from './clone-tenant.js';
import { exportTenant } from './export-tenant.js';
import { importTenant } from './import-tenant.js';
import { moveTenant } from './move-tenant.js';
import { restoreTenant } from './restore-tenant.js';
import { type CopySweepResult, sweepCopies } from './sweep-copies.js';
import type { TenantDataContext } from './tenant-data-context.js';

/** Copies of tenants, and their retention. */
export interface TenantDataService extends ITenantDataService {
  /** Deletes expired backups, and databases whose preparation was interrupted. Idempotent. */
  sweep(): Promise<CopySweepResult>;
}

export function createTenantDataService(context: TenantDataContext): TenantDataService {
  /** Before anything is created. An import and a move need no copy. */
  const copying = () => {
    if (!context.dataPlane.platform.supports.seed) throw notSupported('database_copy');
  };
  return {
    exportTenant(tenantId, given) {
      copying();
      return exportTenant(context, tenantId, readOptions(given));
    },
    importTenant: async (archive, request, given) =>
      importTenant(context, { archive, request }, readOptions(given)),
    cloneTenant: async (tenantId, request = {}, given) => {
      copying();
      return cloneTenant(context, { tenantId, request }, readOptions(given));
    },
    backupTenant: async (tenantId, request = {}, given) => {
      copying();
      return backupTenant(context, { tenantId, request }, readOptions(given));
    },
    listBackups: async (tenantId, page) => listBackups(context, tenantId, page),
    deleteBackup: async (tenantId, backupId, given) =>
      deleteBackup(context, { tenantId, backupId }, readOptions(given)),
    restoreTenant: async (tenantId, source, given) => {
      copying();
      return restoreTenant(context, { tenantId, source }, readOptions(given));
    },
    moveTenant: async (tenantId, place, given) =>
      moveTenant(context, { tenantId, place }, readOptions(given)),
    sweep: () => sweepCopies(context),
  };
}
