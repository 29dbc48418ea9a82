import type { Check, Checks } from '../kit/check.js';
import type { FleetTrial } from './fleet-trial.js';

export type FleetCheck = Check<FleetTrial>;
export type FleetChecks = Checks<FleetTrial>;

export function must(behavior: string, run: (trial: FleetTrial) => Promise<void>): FleetCheck {
  return { behavior, run };
}
