import type { Check, Checks } from '../kit/check.js';
import type { AppTrial } from './app-trial.js';

export type AppCheck = Check<AppTrial>;
export type AppChecks = Checks<AppTrial>;

export function must(behavior: string, run: (trial: AppTrial) => Promise<void>): AppCheck {
  return { behavior, run };
}
