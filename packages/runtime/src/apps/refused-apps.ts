import type { IAppLifecycleService } from '@objectstack/spec/contracts';
import { notSupported } from '@objectstack/spec/shared';

/** Stands where apps will be installed: every method is refused, and nothing is done. */
export const refusedApps: IAppLifecycleService = {
  checkCompatibility: async (_tenantId, { name }) => {
    throw notSupported('apps', name);
  },
  installApp: async (_tenantId, { name }) => {
    throw notSupported('apps', name);
  },
  upgradeApp: async (_tenantId, appId) => {
    throw notSupported('apps', appId);
  },
  uninstallApp: async (_tenantId, appId) => {
    throw notSupported('apps', appId);
  },
};
