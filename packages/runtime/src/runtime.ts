import type {
  IAppLifecycleService,
  IAppService,
  IFleetService,
  IKeyService,
  IQuotaService,
  IRuntimeEvents,
  ITenantDataService,
  ITenantRouter,
  ITenantService,
} from '@objectstack/spec/contracts';
import type { RuntimeHealth } from '@objectstack/spec/system';
import type { DeploymentService } from './deploy/deployment-service.js';
import type { BundleSweepResult } from './deploy/sweep-bundles.js';
import type { DeploymentSweepResult } from './deploy/sweep-deployments.js';
import type { RolloutSweepResult } from './fleet/sweep-rollouts.js';
import type { ProvisioningService } from './provisioning/provisioning-service.js';
import type { SweepResult } from './provisioning/sweep-tenants.js';
import type { CopySweepResult } from './tenant-data/sweep-copies.js';

/** A control plane: its services, and its maintenance. */
export interface Runtime extends IRuntimeEvents {
  readonly provisioning: ProvisioningService;
  readonly tenants: ITenantService;
  readonly router: ITenantRouter;
  readonly deployments: DeploymentService;
  /** Releases, and rollouts of a release to many tenants. */
  readonly fleet: IFleetService;
  /** Archives, clones, backups and moves of tenants. */
  readonly tenantData: ITenantDataService;
  readonly quotas: IQuotaService;
  readonly apps: IAppLifecycleService & IAppService;
  readonly keys: IKeyService;
  /**
   * Requests registry, platform and bundle store, at the same time and for at most 5 seconds each, and returns which of them
   * are reachable and since when. Changes nothing. Never rejects before the runtime is closed.
   */
  health(): Promise<RuntimeHealth>;
  /**
   * Resumes interrupted provisioning and fails overdue one, purges destroyed tenants after their grace period, deletes
   * templates and prepared databases that are no longer used, deletes expired backups and what interrupted copies left,
   * settles interrupted deployments, continues interrupted rollouts, removes plans of rollouts that were not started within
   * seven days, and removes bundles that no deployment and no release refers to after their grace period.
   */
  sweep(): Promise<
    Omit<SweepResult, 'settled'> & {
      /** Tenants whose status had changed while the access to their database had not. */
      settledTenants: string[];
    } & Pick<DeploymentSweepResult, 'settled'> &
      RolloutSweepResult &
      Pick<CopySweepResult, 'removedCopies'> & { bundles: BundleSweepResult }
  >;
  /**
   * Calls `sweep` periodically until `close`, in one process at a time of all that share the registry. An error is retried
   * by the next sweep. Does not keep the process running. Idempotent.
   */
  start(): void;
  /**
   * Closes the registry and the data plane. Idempotent. From the call on, every service, and every driver that the router
   * returned, rejects new work with `runtime_closed`. Operations, streams and transactions in progress can end before,
   * for at most `closeTimeoutMs`.
   */
  close(): Promise<void>;
}
