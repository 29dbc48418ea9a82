import type { DataPlane, IBundleStore, ITenantRegistry, ITenantRouter } from '@objectstack/spec/contracts';
import type { SeedEnvironment } from '@objectstack/spec/data';
import type { Clock } from '../shared/clock.js';

/** What the deploy pipeline stands on. */
export interface DeployContext {
  readonly registry: ITenantRegistry;
  readonly bundles: IBundleStore;
  readonly dataPlane: DataPlane;
  readonly router: ITenantRouter;
  readonly clock: Clock;
  /** Environment whose seed sets are written unless a call says otherwise. */
  readonly environment: SeedEnvironment;
  /** How long everything that a deployment removes or overwrites is retained, in days. Absent: 7. */
  readonly retentionDays?: number | undefined;
}
