import { APPLY_MUTANTS } from './apply-mutants.js';
import { DIFF_MUTANTS } from './diff-mutants.js';
import type { Mutant } from './dispatch.js';
import { PLANNER_MUTANTS } from './planner-mutants.js';
import { STATEMENT_MUTANTS } from './statement-mutants.js';

/** Mutants of every guard and every step of a migration. */
export const MUTANTS: readonly Mutant[] = [
  ...STATEMENT_MUTANTS,
  ...PLANNER_MUTANTS,
  ...DIFF_MUTANTS,
  ...APPLY_MUTANTS,
];
