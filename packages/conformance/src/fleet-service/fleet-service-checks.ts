import { checksById } from '../kit/requirements.js';
import { accessChecks } from './access-checks.js';
import { appChecks } from './app-checks.js';
import { controlChecks } from './control-checks.js';
import type { FleetCheck, FleetChecks } from './fleet-check.js';
import { planChecks } from './plan-checks.js';
import { readChecks } from './read-checks.js';
import { releaseChecks } from './release-checks.js';
import { rolloutChecks } from './rollout-checks.js';

const GROUPS: Readonly<Record<string, FleetChecks>> = {
  release: releaseChecks,
  plan: planChecks,
  rollout: rolloutChecks,
  control: controlChecks,
  access: accessChecks,
  reads: readChecks,
  apps: appChecks,
};

/** Every check of a fleet service, by id. */
export const FLEET_SERVICE_CHECKS: ReadonlyMap<string, FleetCheck> = checksById('fleet-service', GROUPS);
