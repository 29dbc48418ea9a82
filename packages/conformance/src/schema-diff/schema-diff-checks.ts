import { checksById } from '../kit/requirements.js';
import { changeChecks, keepChecks, reachChecks, undoChecks } from './change-checks.js';
import { diffChecks } from './diff-checks.js';
import { introspectChecks } from './introspect-checks.js';
import { ownerChecks } from './owner-checks.js';
import type { SchemaDiffCheck, SchemaDiffChecks } from './schema-diff-check.js';

const GROUPS: Readonly<Record<string, SchemaDiffChecks>> = {
  introspect: introspectChecks,
  diff: diffChecks,
  owner: ownerChecks,
  change: changeChecks,
  reach: reachChecks,
  keep: keepChecks,
  undo: undoChecks,
};

/** Every check of a schema diff service by its id. */
export const SCHEMA_DIFF_CHECKS: ReadonlyMap<string, SchemaDiffCheck> = checksById(
  'schema-diff-service',
  GROUPS,
);
