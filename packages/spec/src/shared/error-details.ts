import type * as z from 'zod';
import type { ErrorCode } from './error-code.zod.js';
import { ERROR_FACTS, type ErrorFact } from './error-facts.zod.js';

/** Facts that an error of any code can hold: the statement, the request or the record of several that caused it. */
export const COMMON_FACTS = [
  'changeId',
  'file',
  'index',
  'outcome',
  'statement',
  'statementIndex',
] as const satisfies readonly ErrorFact[];

/** Facts of a change of a plan that stored records prevent. */
const RECORDS = ['object', 'field', 'rows', 'samples'] as const;

/** Facts that `details` of an error can hold, by its code; {@link COMMON_FACTS} come in addition. */
export const ERROR_DETAILS = {
  aborted: [],
  bundle_corrupt: ['checksum'],
  bundle_not_found: ['checksum'],
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
    'foundVersion',
    'id',
    'issues',
    'latestVersion',
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
  deployment_interrupted: ['deploymentId'],
  deployment_not_found: ['deploymentId'],
  destructive_not_allowed: ['changes', 'rows', 'samples'],
  exceeds_lock_budget: ['estimatedMs', 'limitMs', 'tables'],
  foreign_key_violation: [...RECORDS, 'referredBy'],
  idempotency_conflict: ['tenantId'],
  internal: ['systemCode', 'unknownCode'],
  invalid_bundle: ['errorCount', 'issues', 'path'],
  invalid_filter: ['path', 'reason'],
  invalid_plan: ['deploymentId', 'issues'],
  invalid_query: ['path', 'reason'],
  invalid_request: [
    'actual',
    'allow',
    'issues',
    'limit',
    'maximum',
    'name',
    'object',
    'problem',
    'renamedFrom',
    'retentionDays',
  ],
  invalid_state: ['allowed', 'status'],
  invalid_transaction: [],
  metadata_changed: ['object'],
  not_allowed: ['name', 'reason'],
  not_connected: [],
  not_latest: ['deploymentId', 'later', 'latest'],
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
  object_not_found: ['object'],
  organization_required: [],
  out_of_memory: [],
  plan_stale: ['baseSchemaHash', 'deploymentId', 'guard', 'schemaHash'],
  provisioning_failed: ['errorCode', 'step', 'tenantId'],
  quota_exceeded: ['maximum', 'quota', 'requested', 'usage'],
  record_not_found: ['object'],
  request_timeout: [],
  response_too_large: ['limitBytes', 'object'],
  result_lost: [],
  runtime_closed: [],
  schema_mismatch: ['changed', 'deploymentId', 'drift', 'object', 'schemaHash', 'targetSchemaHash'],
  secret_invalid: ['reason'],
  seed_failed: ['failed'],
  session_expired: [],
  sql_error: ['reason', 'sqliteCode'],
  tenant_ambiguous: ['tenantIds'],
  tenant_not_found: [],
  tenant_not_ready: ['status'],
  tenant_suspended: [],
  transaction_expired: [],
  unauthorized: [],
  undo_expired: ['deploymentId', 'expired', 'objects', 'removed'],
  unique_violation: [...RECORDS, 'fields'],
  unsupported_protocol_version: ['errorCount', 'issues', 'path', 'protocolVersion'],
  validation_failed: ['object', 'violations'],
} as const satisfies Record<ErrorCode, readonly ErrorFact[]>;

type FactOf<Code extends ErrorCode> = (typeof ERROR_DETAILS)[Code][number] | (typeof COMMON_FACTS)[number];

/** `details` of an error with one of the codes. Every fact is optional: an error has those that are known where it happens. */
export type ErrorDetailsOf<Code extends ErrorCode = ErrorCode> = {
  readonly [Fact in FactOf<Code>]?: z.infer<(typeof ERROR_FACTS)[Fact]> | undefined;
};

/** The same for an error that is made: facts of other codes are refused by the compiler. */
export type OwnErrorDetails<Code extends ErrorCode> = ErrorDetailsOf<Code> & {
  readonly [Fact in Exclude<ErrorFact, FactOf<Code>>]?: never;
};

/** Names of the facts that an error holds although its code does not have them, or with a value of another type. */
export function undeclaredFacts({ code, details }: { code: ErrorCode; details: object }): string[] {
  const declared: ReadonlySet<string> = new Set([...ERROR_DETAILS[code], ...COMMON_FACTS]);
  const schemas: Readonly<Record<string, z.ZodType>> = ERROR_FACTS;
  return Object.entries(details).flatMap(([fact, value]) => {
    const isFact = declared.has(fact) && (value === undefined || schemas[fact]?.safeParse(value).success);
    return isFact ? [] : [fact];
  });
}
