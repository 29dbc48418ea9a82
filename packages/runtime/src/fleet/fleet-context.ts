import type { AppContext } from '../apps/app-context.js';
import type { DeployContext } from '../deploy/deploy-context.js';
import type { BackgroundWork } from '../provisioning/background-work.js';

/** Parts that the fleet service is given. */
export type FleetParts = DeployContext & Pick<AppContext, 'runtimeVersion' | 'sealer'>;

/** Dependencies and settings of the fleet service. */
export interface FleetContext extends FleetParts {
  /** Rollouts that continue after the call that started them has returned. */
  readonly background: BackgroundWork;
  /** Called when a rollout that this process drives begins to attempt tenants that are used. */
  readonly accessOpened: () => void;
}

export const instantNow = ({ clock }: Pick<FleetContext, 'clock'>): string => clock.now().toISOString();

export const instantIn = ({ clock }: Pick<FleetContext, 'clock'>, milliseconds: number): string =>
  new Date(clock.now().getTime() + milliseconds).toISOString();
