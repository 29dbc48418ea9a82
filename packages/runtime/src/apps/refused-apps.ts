import type { IAppLifecycleService } from '@objectstack/spec/contracts';
import { notSupported, type ObjectStackError } from '@objectstack/spec/shared';

/** The app is named where it has a name: whatever was handed in is not read any further. */
const refused = (app: unknown): ObjectStackError =>
  notSupported('apps', typeof app === 'string' ? app : undefined);

function nameOf(manifest: unknown): unknown {
  try {
    return (manifest as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}

/** Stands where apps will be installed: every method is refused, and nothing is done. */
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
