import type { IAppLifecycleService } from '@objectstack/spec/contracts';
import { notSupported, type ObjectStackError } from '@objectstack/spec/shared';

/**
 * Includes the name of the app in the error when the argument has a valid one; the rest of the argument is not read.
 */
const refused = (app: unknown): ObjectStackError =>
  notSupported('apps', typeof app === 'string' ? app : undefined);

function nameOf(manifest: unknown): unknown {
  try {
    return (manifest as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}

/** Placeholder until apps are supported: every method rejects with `not_supported` and has no effect. */
export const refusedApps: IAppLifecycleService = {
  checkCompatibility: async (_tenantId, manifest) => {
    throw refused(nameOf(manifest));
  },
  installApp: async (_tenantId, manifest) => {
    throw refused(nameOf(manifest));
  },
  upgradeApp: async (_tenantId, appId) => {
    throw refused(appId);
  },
  uninstallApp: async (_tenantId, appId) => {
    throw refused(appId);
  },
};
