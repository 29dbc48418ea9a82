import { APPLY_MUTANTS } from './apply-mutants.js';
import { DIFF_MUTANTS } from './diff-mutants.js';
import type { Mutant } from './dispatch.js';
import { PLANNER_MUTANTS } from './planner-mutants.js';
import { STATEMENT_MUTANTS } from './statement-mutants.js';

/** Every guard and every step without which a migration would be wrong. */
export const MUTANTS: readonly Mutant[] = [
  ...STATEMENT_MUTANTS,
  ...PLANNER_MUTANTS,
  ...DIFF_MUTANTS,
  ...APPLY_MUTANTS,
];
