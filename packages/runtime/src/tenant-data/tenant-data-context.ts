import type { ISecretSealer } from '@objectstack/spec/contracts';
import type { DeployContext } from '../deploy/deploy-context.js';
import type { AccessContext } from '../provisioning/settle-access.js';
import type { QuotasOfPlans } from '../quota/with-plan-quotas.js';
import { timeForDeletion } from '../shared/clock.js';

/** Dependencies and settings of the copies of tenants. */
export interface TenantDataContext extends DeployContext, AccessContext {
  /** Decrypts the tokens in the registry. Absent: there are none. */
  readonly sealer?: ISecretSealer | undefined;
  readonly planQuotas: QuotasOfPlans;
  /** Time for which backups are retained, unless a request says otherwise, in milliseconds; null if forever. */
  readonly backupRetentionMs: number | null;
}

type Timed = Pick<TenantDataContext, 'clock'>;

export const instantNow = ({ clock }: Timed): string => clock.now().toISOString();

export const instantIn = ({ clock }: Timed, milliseconds: number): string =>
  new Date(clock.now().getTime() + milliseconds).toISOString();

/** Timestamp before which a copy has expired. */
export const expiredBefore = ({ clock }: Timed): string => timeForDeletion(clock).toISOString();

/** Timestamp at which a backup that is made now expires; null if never. */
export const expiryOf = (context: Timed, retentionMs: number | null): string | null =>
  retentionMs === null ? null : instantIn(context, retentionMs);
