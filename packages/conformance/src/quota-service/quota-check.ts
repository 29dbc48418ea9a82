import type { Check, Checks } from '../kit/check.js';
import type { QuotaTrial } from './quota-trial.js';

export type QuotaCheck = Check<QuotaTrial>;
export type QuotaChecks = Checks<QuotaTrial>;

export function must(behavior: string, run: (trial: QuotaTrial) => Promise<void>): QuotaCheck {
  return { behavior, run };
}
