import type { TenantFinding } from '@objectstack/runtime';
import type { Check } from './check.js';
import { AGAIN } from './from-error.js';

interface Discrepancy {
  readonly message: (database: string, tenant: string) => string;
  readonly command: (database: string, tenant: string) => string;
  readonly severity?: 'warning';
}

/** What each discrepancy between registry and databases means, and the command that solves it. */
const DISCREPANCIES: Readonly<Record<TenantFinding['kind'], Discrepancy>> = {
  database_missing: {
    message: (database, tenant) =>
      `The database ${database} of tenant ${tenant} does not exist. Restore it on its server, or destroy the tenant.`,
    command: (_database, tenant) => `objectstack tenants destroy ${tenant} --confirm ${tenant}`,
  },
  tenant_unknown: {
    message: (database) => `The database ${database} belongs to a tenant that is not in the registry.`,
    command: (database) => `objectstack tenants adopt ${database}`,
  },
  template_unknown: {
    message: (database) => `The database ${database} is a template that is not in the registry. Delete it.`,
    command: () => AGAIN,
  },
  marker_missing: {
    message: (database) => `The database ${database} belongs to no tenant. Adopt it, or delete it.`,
    command: (database) => `objectstack baseline ${database} --check`,
    severity: 'warning',
  },
  marker_mismatch: {
    message: (database, tenant) =>
      `The database ${database} contains the id of another tenant than ${tenant}. Restore the database of the tenant on its server.`,
    command: () => AGAIN,
  },
  database_leftover: {
    message: (database, tenant) => `The tenant ${tenant} was destroyed, but its database ${database} exists.`,
    command: () => 'objectstack sweep',
  },
  database_unreadable: {
    message: (database) => `The database ${database} cannot be used.`,
    command: () => AGAIN,
  },
  deployment_missing: {
    message: (database, tenant) =>
      `The database ${database} of tenant ${tenant} lacks deployments that took effect, for example because an older backup was restored.`,
    command: (_database, tenant) => `objectstack deploy --tenant ${tenant}`,
  },
  deployment_unknown: {
    message: (database, tenant) =>
      `The database ${database} of tenant ${tenant} has deployments that the registry does not list, for example because the database was adopted or copied. The command adds them.`,
    command: (_database, tenant) => `objectstack history --tenant ${tenant}`,
    severity: 'warning',
  },
};

/** Checks that registry and databases agree. */
export const checkTenants: Check = async (context) => {
  const { runtime } = await context.session();
  const found = await runtime.provisioning.inspectTenants();
  return found.map(({ kind, databaseName, tenantId = '', errorCode }) => {
    const { message, command, severity = 'error' } = DISCREPANCIES[kind];
    const reason = errorCode === undefined ? '' : ` Reason: ${errorCode}.`;
    return {
      severity,
      check: 'tenants' as const,
      code: kind,
      message: `${message(databaseName, tenantId)}${reason}`,
      command: command(databaseName, tenantId),
    };
  });
};
