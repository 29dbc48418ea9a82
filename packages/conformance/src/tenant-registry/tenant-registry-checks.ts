import { checksById } from '../kit/requirements.js';
import { auditChecks } from './audit-checks.js';
import { copyChecks } from './copy-checks.js';
import { createTenantChecks } from './create-tenant-checks.js';
import { deploymentChecks } from './deployment-checks.js';
import { fencingChecks } from './fencing-checks.js';
import { closeChecks, initializeChecks } from './initialize-checks.js';
import { leaseChecks } from './lease-checks.js';
import { overdueChecks, readTenantChecks } from './list-tenants-checks.js';
import { poolChecks } from './pool-checks.js';
import { recoveryChecks } from './recovery-checks.js';
import type { RegistryCheck, RegistryChecks } from './registry-check.js';
import { selectTenantsChecks } from './select-tenants-checks.js';
import { stepChecks } from './step-checks.js';
import { templateChecks } from './template-checks.js';
import { tenantNamesChecks } from './tenant-names-checks.js';
import { transitionChecks } from './transition-checks.js';
import { updateTenantChecks } from './update-tenant-checks.js';
import { workLeaseChecks } from './work-lease-checks.js';

const GROUPS: Readonly<Record<string, RegistryChecks>> = {
  initialize: initializeChecks,
  create: createTenantChecks,
  read: readTenantChecks,
  update: updateTenantChecks,
  select: selectTenantsChecks,
  names: tenantNamesChecks,
  overdue: overdueChecks,
  step: stepChecks,
  deployment: deploymentChecks,
  lease: leaseChecks,
  transition: transitionChecks,
  fencing: fencingChecks,
  template: templateChecks,
  recovery: recoveryChecks,
  pool: poolChecks,
  copy: copyChecks,
  work: workLeaseChecks,
  audit: auditChecks,
  close: closeChecks,
};

/** Every check of a tenant registry, by id. */
export const TENANT_REGISTRY_CHECKS: ReadonlyMap<string, RegistryCheck> = checksById(
  'tenant-registry',
  GROUPS,
);
