import { checksById } from '../kit/requirements.js';
import { lifecycleChecks } from './lifecycle-checks.js';
import { provisionChecks } from './provision-checks.js';
import type { ProvisioningCheck, ProvisioningChecks } from './provisioning-check.js';

const GROUPS: Readonly<Record<string, ProvisioningChecks>> = {
  provision: provisionChecks,
  lifecycle: lifecycleChecks,
};

/** Every check of a provisioning service, by id. */
export const PROVISIONING_SERVICE_CHECKS: ReadonlyMap<string, ProvisioningCheck> = checksById(
  'provisioning-service',
  GROUPS,
);
