import { checksById } from '../kit/requirements.js';
import type { AppCheck, AppChecks } from './app-check.js';
import { compatibilityChecks } from './compatibility-checks.js';
import { extensionChecks } from './extension-checks.js';
import { installChecks } from './install-checks.js';
import { registryChecks } from './registry-checks.js';
import { uninstallChecks } from './uninstall-checks.js';
import { upgradeChecks } from './upgrade-checks.js';

const GROUPS: Readonly<Record<string, AppChecks>> = {
  check: compatibilityChecks,
  install: installChecks,
  extension: extensionChecks,
  upgrade: upgradeChecks,
  uninstall: uninstallChecks,
  registry: registryChecks,
};

/** Every check of a service that installs apps, by id. */
export const APP_LIFECYCLE_CHECKS: ReadonlyMap<string, AppCheck> = checksById(
  'app-lifecycle-service',
  GROUPS,
);
