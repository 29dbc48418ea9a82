import { checksById } from '../kit/requirements.js';
import { applyChecks } from './apply-checks.js';
import { backfillChecks } from './backfill-checks.js';
import { baselineChecks } from './baseline-checks.js';
import { changeChecks, keepChecks, reachChecks, undoChecks } from './change-checks.js';
import { preflightChecks, rejectedByDataChecks, repairedDataChecks } from './data-checks.js';
import { diffChecks } from './diff-checks.js';
import { driftChecks } from './drift-checks.js';
import { concurrentChecks, repeatChecks } from './history-checks.js';
import { introspectChecks } from './introspect-checks.js';
import { lossChecks } from './loss-checks.js';
import { nameChecks } from './name-checks.js';
import { ownerChecks } from './owner-checks.js';
import { planChecks } from './plan-checks.js';
import { recordsChecks } from './records-checks.js';
import { refuseChecks } from './refuse-checks.js';
import { retainedChecks } from './retained-checks.js';
import { retypeChecks } from './retype-checks.js';
import { rollbackChecks } from './rollback-checks.js';
import { rollbackDataChecks } from './rollback-data-checks.js';
import { rollbackLimitChecks } from './rollback-limit-checks.js';
import type { SchemaDiffCheck, SchemaDiffChecks } from './schema-diff-check.js';
import { skippedChecks } from './skipped-checks.js';
import { stackChecks } from './stack-checks.js';
import { unmanagedChecks } from './unmanaged-checks.js';
import { unmanagedIntrospectionChecks } from './unmanaged-introspection-checks.js';
import { weakenChecks } from './weaken-checks.js';

const GROUPS: Readonly<Record<string, SchemaDiffChecks>> = {
  introspect: { ...introspectChecks, ...unmanagedIntrospectionChecks },
  diff: diffChecks,
  owner: ownerChecks,
  change: changeChecks,
  reach: reachChecks,
  keep: keepChecks,
  skipped: skippedChecks,
  retype: retypeChecks,
  plan: planChecks,
  preflight: preflightChecks,
  data: rejectedByDataChecks,
  mended: repairedDataChecks,
  loss: lossChecks,
  weaken: weakenChecks,
  backfill: backfillChecks,
  apply: { ...applyChecks, ...recordsChecks },
  repeat: repeatChecks,
  refuse: refuseChecks,
  concurrent: concurrentChecks,
  undo: undoChecks,
  rollback: { ...rollbackChecks, ...rollbackLimitChecks, ...rollbackDataChecks },
  stack: stackChecks,
  kept: retainedChecks,
  drift: driftChecks,
  unmanaged: unmanagedChecks,
  names: nameChecks,
  baseline: baselineChecks,
};

/** Every check of a schema diff service, by id. */
export const SCHEMA_DIFF_CHECKS: ReadonlyMap<string, SchemaDiffCheck> = checksById(
  'schema-diff-service',
  GROUPS,
);
