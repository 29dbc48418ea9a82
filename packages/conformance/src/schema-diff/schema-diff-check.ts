import type { Check, Checks } from '../kit/check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

export type SchemaDiffCheck = Check<SchemaDiffTrial>;
export type SchemaDiffChecks = Checks<SchemaDiffTrial>;

export function must(behavior: string, run: (trial: SchemaDiffTrial) => Promise<void>): SchemaDiffCheck {
  return { behavior, run };
}
