import type { Check, Checks } from '../kit/check.js';
import type { RouterTrial } from './router-trial.js';

export type RouterCheck = Check<RouterTrial>;
export type RouterChecks = Checks<RouterTrial>;

export function must(behavior: string, run: (trial: RouterTrial) => Promise<void>): RouterCheck {
  return { behavior, run };
}
