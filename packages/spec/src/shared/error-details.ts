import type * as z from 'zod';
import type { ErrorCode } from './error-code.zod.js';
import { ERROR_FACTS, type ErrorFact } from './error-facts.zod.js';

/**
 * Facts that an error of any code can hold: the statement, the request or the record of several that caused it, and the
 * deployment that it ended.
 */
export const COMMON_FACTS = [
  'changeId',
  'deploymentId',
  'file',
  'findings',
  'index',
  'outcome',
  'seeds',
  'statement',
  'statementIndex',
] as const satisfies readonly ErrorFact[];

/** Facts of a change of a plan that stored records prevent. */
const RECORDS = ['object', 'field', 'rows', 'samples'] as const;

/** Facts that `details` of an error can hold, by its code; {@link COMMON_FACTS} come in addition. */
export const ERROR_DETAILS = {
  aborted: [],
  app_in_use: ['apps', 'dependents'],
  app_incompatible: ['apps', 'issues'],
  app_not_found: ['apps'],
  app_not_installed: ['apps'],
  app_untrusted: ['apps', 'reason'],
  backup_not_found: [],
  bundle_corrupt: ['checksum'],
  bundle_not_found: ['checksum'],
  bundle_store_refused: ['reason', 'status'],
  bundle_store_unavailable: ['attempts', 'reason', 'status'],
  bundle_too_large: ['limit', 'maximum', 'path'],
  configuration_incomplete: ['missing'],
  configuration_invalid: ['databaseName', 'issues', 'option', 'reason', 'settings', 'systemCode'],
  conversion_failed: RECORDS,
  database_blocked: ['reason', 'systemCode'],
  database_busy: ['attempts', 'limit', 'maximum', 'openFileLimit', 'systemCode'],
  database_collision: ['databaseName'],
  database_exists: ['name'],
  database_full: ['systemCode'],
  database_invalid: [
    'databaseName',
    'expectedTenantId',
    'field',
    'id',
    'issues',
    'name',
    'object',
    'paths',
    'reason',
    'status',
    'table',
    'tenantId',
  ],
  database_not_found: ['databaseCount', 'databaseName', 'databaseNames', 'status', 'tenantId'],
  database_unreachable: ['reason', 'status'],
  deployment_interrupted: [],
  deployment_not_found: [],
  destructive_not_allowed: ['changes', 'rows', 'samples'],
  exceeds_lock_budget: ['estimatedMs', 'limitMs', 'tables'],
  foreign_key_violation: [...RECORDS, 'referredBy'],
  idempotency_conflict: ['tenantId'],
  internal: ['systemCode', 'unknownCode'],
  invalid_archive: ['issues', 'maximum'],
  invalid_bundle: ['errorCount', 'issues', 'path'],
  invalid_filter: ['path', 'reason', 'suggestion'],
  invalid_masking_rule: ['issues'],
  invalid_plan: ['issues'],
  invalid_query: ['path', 'reason', 'suggestion'],
  invalid_request: [
    'actual',
    'allow',
    'issues',
    'limit',
    'maximum',
    'name',
    'object',
    'path',
    'problem',
    'renamedFrom',
    'retentionDays',
  ],
  invalid_state: ['allowed', 'status'],
  invalid_transaction: [],
  metadata_changed: ['object'],
  not_allowed: ['name', 'reason'],
  not_connected: [],
  not_latest: ['later', 'latest'],
  not_null_violation: [...RECORDS, 'fields'],
  not_supported: ['feature', 'subject', 'until'],
  object_conflict: [
    'field',
    'indexName',
    'kind',
    'mentionedBy',
    'name',
    'object',
    'referredToBy',
    'table',
    'view',
  ],
  object_not_found: ['object', 'suggestion'],
  organization_required: [],
  out_of_memory: [],
  plan_stale: ['baseSchemaHash', 'guard', 'schemaHash'],
  platform_refused: ['reason', 'status'],
  platform_unavailable: ['attempts', 'reason', 'status'],
  point_in_time_unavailable: ['earliestAt', 'latestAt', 'reason', 'status'],
  provisioning_failed: ['errorCode', 'step', 'tenantId'],
  quota_exceeded: ['maximum', 'object', 'quota', 'quotas', 'requested', 'resetAt', 'usage'],
  rate_limited: ['maximum', 'quota', 'requested', 'resetAt', 'usage'],
  record_not_found: ['object'],
  release_exists: ['release'],
  release_not_found: ['release'],
  request_timeout: [],
  request_too_large: ['maximum'],
  reservation_not_found: [],
  response_too_large: ['limitBytes', 'object'],
  result_lost: [],
  rollout_conflict: ['rolloutId'],
  rollout_not_found: ['rolloutId'],
  runtime_closed: [],
  schema_mismatch: ['changed', 'drift', 'object', 'schemaHash', 'targetSchemaHash'],
  secret_invalid: ['reason'],
  seed_failed: ['failed'],
  session_expired: [],
  sql_error: ['reason', 'sqliteCode'],
  tenant_ambiguous: ['tenantIds'],
  tenant_name_taken: [],
  tenant_not_found: [],
  tenant_not_ready: ['status'],
  tenant_selector_conflict: [],
  tenant_suspended: [],
  transaction_expired: [],
  unauthorized: ['status'],
  undo_expired: ['expired', 'objects'],
  unique_violation: [...RECORDS, 'fields'],
  unsupported_media_type: [],
  unsupported_protocol_version: [
    'errorCount',
    'foundVersion',
    'issues',
    'latestVersion',
    'path',
    'protocolVersion',
  ],
  validation_failed: ['object', 'violations'],
} as const satisfies Record<ErrorCode, readonly ErrorFact[]>;

type FactOf<Code extends ErrorCode> = (typeof ERROR_DETAILS)[Code][number] | (typeof COMMON_FACTS)[number];

/**
 * `details` of an error with one of the codes. Every fact is optional: an error has those that are known where it
 * happens.
 */
export type ErrorDetailsOf<Code extends ErrorCode = ErrorCode> = {
  readonly [Fact in FactOf<Code>]?: z.infer<(typeof ERROR_FACTS)[Fact]> | undefined;
};

/** The same for an error that is made: facts of other codes are refused by the compiler. */
export type OwnErrorDetails<Code extends ErrorCode> = ErrorDetailsOf<Code> & {
  readonly [Fact in Exclude<ErrorFact, FactOf<Code>>]?: never;
};

/**
 * Returns the names of the properties in the `details` of an error that are not declared for its code, or that have a
 * value of another type.
 */
export function undeclaredFacts({ code, details }: { code: ErrorCode; details: object }): string[] {
  const declared: ReadonlySet<string> = new Set([...ERROR_DETAILS[code], ...COMMON_FACTS]);
  const schemas: Readonly<Record<string, z.ZodType>> = ERROR_FACTS;
  return Object.entries(details).flatMap(([fact, value]) => {
    const isFact = declared.has(fact) && (value === undefined || schemas[fact]?.safeParse(value).success);
    return isFact ? [] : [fact];
  });
}
