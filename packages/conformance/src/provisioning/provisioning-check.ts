import type { Check, Checks } from '../kit/check.js';
import type { ProvisioningTrial } from './provisioning-trial.js';

export type ProvisioningCheck = Check<ProvisioningTrial>;
export type ProvisioningChecks = Checks<ProvisioningTrial>;

export function must(behavior: string, run: (trial: ProvisioningTrial) => Promise<void>): ProvisioningCheck {
  return { behavior, run };
}
