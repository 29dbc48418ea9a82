import { notSupported } from '@objectstack/spec/shared';
import type { CurrentSchema } from '@objectstack/spec/system';
import { hasApps } from '../apps/installed-layers.js';

/** The plan of a release contains no apps, so it would remove those of the tenant. Throws `not_supported`. */
export function assertWithoutApps(current: CurrentSchema): void {
  if (hasApps(current)) throw notSupported('rollout_with_apps');
}
