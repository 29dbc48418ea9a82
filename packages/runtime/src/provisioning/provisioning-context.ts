import type {
  DataPlane,
  IBundleStore,
  ISecretSealer,
  ITenantRegistry,
  ITenantRouter,
} from '@objectstack/spec/contracts';
import type { TenantDatabaseLifecycle } from '@objectstack/spec/data';
import type { DatabasePool } from '../pool/database-pool.js';
import type { QuotasOfPlans } from '../quota/with-plan-quotas.js';
import type { Clock } from '../shared/clock.js';
import type { Templates } from '../template/templates.js';
import type { BackgroundWork } from './background-work.js';

/** What the effects of provisioning work with. */
export interface ProvisioningParts {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  readonly templates: Templates;
  readonly background: BackgroundWork;
  /** Encrypts the tokens in the registry. Absent: a request with a token is rejected. */
  readonly sealer?: ISecretSealer | undefined;
  readonly clock: Clock;
  /** What happens to databases when tenants are created, suspended and destroyed. */
  readonly lifecycle: TenantDatabaseLifecycle;
  readonly planQuotas: QuotasOfPlans;
}

/** Dependencies and settings of provisioning. */
export interface ProvisioningContext extends ProvisioningParts {
  readonly router: Pick<ITenantRouter, 'invalidateCache'>;
  /** Stores the bundles of adopted databases. Absent: none can be adopted. */
  readonly bundles: Pick<IBundleStore, 'put'> | undefined;
  readonly pool: DatabasePool;
  /** Whether a sweep of this process found the database of a destruction blocked; the least recently checked first. */
  readonly accessChecks: Map<string, boolean>;
  /** Template of requests that name none. */
  readonly defaultTemplate: string | undefined;
  /** Grace period during which the data of a destroyed tenant is retained. */
  readonly destroyGraceMs: number;
  /** Time for which final backups are retained; null if forever. */
  readonly backupRetentionMs: number | null;
  /** Time after which an unfinished provisioning counts as failed. */
  readonly provisionDeadlineMs: number;
}

export function instantNow({ clock }: Pick<ProvisioningParts, 'clock'>): string {
  return clock.now().toISOString();
}

export function instantIn({ clock }: Pick<ProvisioningParts, 'clock'>, milliseconds: number): string {
  return new Date(clock.now().getTime() + milliseconds).toISOString();
}
