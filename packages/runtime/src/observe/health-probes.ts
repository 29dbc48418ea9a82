import { ObjectStackError } from '@objectstack/spec/shared';
import type { RuntimeParts } from '../runtime-options.js';
import type { Probes } from './health-monitor.js';

/** Names that nothing has, for requests that change nothing. */
const NO_TENANT = 'health-check';
const NO_DATABASE = 'health-check';
const NO_BUNDLE = '0'.repeat(64);

/** Requests that show whether each part answers. */
export function healthProbes({ registry, dataPlane, bundles }: RuntimeParts): Probes {
  return {
    registry: () => registry.getTenant(NO_TENANT),
    platform: () => dataPlane.checkHealth?.() ?? dataPlane.platform.getDatabase(NO_DATABASE),
    bundles: async () => {
      try {
        await bundles.get(NO_BUNDLE);
      } catch (error) {
        if (!ObjectStackError.isInstance(error, 'bundle_not_found')) throw error;
      }
    },
  };
}
