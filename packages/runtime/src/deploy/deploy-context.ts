import type {
  ChangeOrigin,
  DataPlane,
  IBundleStore,
  ITenantRegistry,
  ITenantRouter,
  SqlStatement,
} from '@objectstack/spec/contracts';
import type { SeedEnvironment } from '@objectstack/spec/data';
import type { QuotasOfPlans } from '../quota/with-plan-quotas.js';
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
  /** Seed records of one transaction, at least 1: a fifth as many if they are not created together. Defaults to 1,000. */
  readonly seedChunkSize?: number | undefined;
  /** Quotas of the plans. Absent: the defaults. */
  readonly planQuotas?: QuotasOfPlans | undefined;
  /**
   * Checksum of the bundle in effect that a change of apps was prepared for, or null if there is none. Absent for any
   * other call, which must not change the apps.
   */
  readonly appsBase?: string | null;
  /** Statements that run in the transaction of the migration, before it. */
  readonly firstStatements?: readonly SqlStatement[];
  /** Who requested the call. Absent for a change of the control plane itself. */
  readonly by?: ChangeOrigin;
}
