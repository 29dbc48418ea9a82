import type { DataPlane, IBundleStore, ITenantRegistry, ITenantRouter } from '@objectstack/spec/contracts';
import type { SeedEnvironment } from '@objectstack/spec/data';
import type { Clock } from '../shared/clock.js';

/** Dependencies and settings of the deploy pipeline. */
export interface DeployContext {
  readonly registry: ITenantRegistry;
  readonly bundles: IBundleStore;
  readonly dataPlane: DataPlane;
  readonly router: ITenantRouter;
  readonly clock: Clock;
  /** Environment whose seed sets are written, unless a call specifies another one. */
  readonly environment: SeedEnvironment;
  /** Retention window, in days, of everything that a deployment removes or overwrites. Absent: 7. */
  readonly retentionDays?: number | undefined;
}
