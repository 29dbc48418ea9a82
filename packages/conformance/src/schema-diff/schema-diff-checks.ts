import { checksById } from '../kit/requirements.js';
import { changeChecks, keepChecks, reachChecks, undoChecks } from './change-checks.js';
import { mendedDataChecks, preflightChecks, refusedByDataChecks } from './data-checks.js';
import { diffChecks } from './diff-checks.js';
import { introspectChecks } from './introspect-checks.js';
import { lossChecks } from './loss-checks.js';
import { ownerChecks } from './owner-checks.js';
import { planChecks } from './plan-checks.js';
import { retypeChecks } from './retype-checks.js';
import type { SchemaDiffCheck, SchemaDiffChecks } from './schema-diff-check.js';

const GROUPS: Readonly<Record<string, SchemaDiffChecks>> = {
  introspect: introspectChecks,
  diff: diffChecks,
  owner: ownerChecks,
  change: changeChecks,
  reach: reachChecks,
  keep: keepChecks,
  retype: retypeChecks,
  plan: planChecks,
  preflight: preflightChecks,
  data: refusedByDataChecks,
  mended: mendedDataChecks,
  loss: lossChecks,
  undo: undoChecks,
};

/** Every check of a schema diff service by its id. */
export const SCHEMA_DIFF_CHECKS: ReadonlyMap<string, SchemaDiffCheck> = checksById(
  'schema-diff-service',
  GROUPS,
);
