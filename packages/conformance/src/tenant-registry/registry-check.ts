import type { Check, Checks } from '../kit/check.js';
import type { RegistryTrial } from './registry-trial.js';

export type RegistryCheck = Check<RegistryTrial>;
export type RegistryChecks = Checks<RegistryTrial>;

export function must(behavior: string, run: (trial: RegistryTrial) => Promise<void>): RegistryCheck {
  return { behavior, run };
}
