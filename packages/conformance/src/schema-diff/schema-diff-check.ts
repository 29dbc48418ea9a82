import type { Check, Checks } from '../kit/check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

export interface SchemaDiffCheck extends Check<SchemaDiffTrial> {
  /** Whether the check needs a second driver on the same database. */
  readonly needsAnother?: boolean;
}
export type SchemaDiffChecks = Checks<SchemaDiffTrial> & Readonly<Record<string, SchemaDiffCheck>>;

export function must(behavior: string, run: (trial: SchemaDiffTrial) => Promise<void>): SchemaDiffCheck {
  return { behavior, run };
}

/** Applies if a database can have several drivers. */
export function withAnother(
  behavior: string,
  run: (trial: SchemaDiffTrial) => Promise<void>,
): SchemaDiffCheck {
  return { behavior, needsAnother: true, run };
}
