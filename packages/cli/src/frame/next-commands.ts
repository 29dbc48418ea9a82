import { type ErrorCode, exitClassOf, type ObjectStackError } from '@objectstack/spec/shared';

type NextCommands = (error: ObjectStackError, command: string) => readonly string[];

const DOCTOR: NextCommands = () => ['objectstack doctor'];
const TENANTS: NextCommands = () => ['objectstack tenants list'];
const HISTORY: NextCommands = () => ['objectstack history'];

/** Command that solves a problem or shows more about it, by the code of the error. */
const NEXT: Partial<Record<ErrorCode, NextCommands>> = {
  app_incompatible: () => ['objectstack apps check <manifest>'],
  app_not_installed: () => ['objectstack apps list'],
  bundle_store_unavailable: DOCTOR,
  configuration_incomplete: DOCTOR,
  configuration_invalid: DOCTOR,
  database_not_found: DOCTOR,
  database_unreachable: DOCTOR,
  deployment_not_found: HISTORY,
  destructive_not_allowed: () => ['objectstack plan'],
  invalid_bundle: () => ['objectstack validate'],
  invalid_plan: () => ['objectstack plan --out plan.json'],
  invalid_state: () => ['objectstack tenants show'],
  not_latest: HISTORY,
  object_conflict: () => ['objectstack drift'],
  object_not_found: () => ['objectstack data objects'],
  plan_stale: () => ['objectstack plan --out plan.json'],
  platform_refused: DOCTOR,
  platform_unavailable: DOCTOR,
  provisioning_failed: () => ['objectstack tenants list --status failed'],
  quota_exceeded: () => ['objectstack quotas show'],
  release_not_found: () => ['objectstack fleet release <name>'],
  rollout_conflict: () => ['objectstack fleet list'],
  rollout_not_found: () => ['objectstack fleet list'],
  schema_mismatch: () => ['objectstack drift'],
  sql_error: (_error, command) =>
    command === 'sql' ? ['objectstack data objects', 'objectstack sql --help'] : [],
  tenant_ambiguous: TENANTS,
  tenant_not_found: TENANTS,
  tenant_suspended: () => ['objectstack tenants resume'],
  unauthorized: DOCTOR,
  undo_expired: HISTORY,
};

/**
 * Commands to continue with after an error of a command: at least one. Where no command solves the problem, the help of the
 * command, or the checks of everything that it needs.
 */
export function nextCommands(error: ObjectStackError, command: string): readonly string[] {
  const next = NEXT[error.code]?.(error, command) ?? [];
  if (next.length > 0) return next;
  const isHelpful = ['conflict', 'invalid', 'not_found', 'refused', 'usage'].includes(
    exitClassOf(error.code),
  );
  return [isHelpful ? `objectstack ${command} --help`.replace('  ', ' ') : 'objectstack doctor'];
}
