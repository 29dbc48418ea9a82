import * as z from 'zod';

interface ErrorCodeFacts {
  /** HTTP status code of the response. */
  readonly status: number;
  /** Whether the same call may succeed later without changes by the caller. */
  readonly retryable: boolean;
  /** One sentence for people; the `title` of the problem details. */
  readonly title: string;
}

/** Every error code of the protocol with its meaning: the only place where codes are declared. */
export const ERROR_CODES = {
  aborted: { status: 499, retryable: true, title: 'The request was aborted by the caller.' },
  bundle_corrupt: {
    status: 500,
    retryable: false,
    title: 'The stored bundle is corrupt: its checksum does not match.',
  },
  bundle_not_found: { status: 404, retryable: false, title: 'No bundle with this checksum is stored.' },
  bundle_too_large: {
    status: 413,
    retryable: false,
    title: 'The bundle exceeds a limit on its size, depth or number of values.',
  },
  configuration_incomplete: {
    status: 500,
    retryable: false,
    title: 'A required part of the configuration is missing.',
  },
  configuration_invalid: { status: 500, retryable: false, title: 'The configuration is not valid.' },
  conversion_failed: {
    status: 409,
    retryable: false,
    title: 'A stored value cannot be converted to the new type of its field.',
  },
  database_blocked: {
    status: 403,
    retryable: false,
    title: 'Reads or writes of the database are blocked by its owner or provider.',
  },
  database_busy: { status: 503, retryable: true, title: 'The database is locked by another process.' },
  database_collision: {
    status: 409,
    retryable: false,
    title: 'A database with this name already exists and belongs to another tenant.',
  },
  database_exists: { status: 409, retryable: false, title: 'A database with this name already exists.' },
  database_full: { status: 507, retryable: false, title: 'The database or its disk is full.' },
  database_invalid: { status: 500, retryable: false, title: 'The file is not a database or is corrupt.' },
  database_not_found: { status: 404, retryable: false, title: 'The database does not exist.' },
  database_unreachable: { status: 503, retryable: true, title: 'The database server cannot be reached.' },
  deployment_interrupted: {
    status: 503,
    retryable: true,
    title: 'The process that ran the deployment ended before the deployment was complete.',
  },
  deployment_not_found: {
    status: 404,
    retryable: false,
    title: 'The tenant has no deployment with this id.',
  },
  destructive_not_allowed: {
    status: 409,
    retryable: false,
    title: 'The plan contains a change that must be approved by its id and was not.',
  },
  exceeds_lock_budget: {
    status: 409,
    retryable: false,
    title:
      'The migration would lock the database for longer than its server permits, and this was not approved.',
  },
  foreign_key_violation: {
    status: 409,
    retryable: false,
    title: 'A record refers to a record that does not exist, or is still referenced.',
  },
  idempotency_conflict: {
    status: 409,
    retryable: false,
    title: 'The idempotency key was already used with a different request.',
  },
  internal: { status: 500, retryable: false, title: 'Internal error.' },
  invalid_bundle: { status: 422, retryable: false, title: 'The bundle is not valid.' },
  invalid_filter: {
    status: 400,
    retryable: false,
    title: 'The filter is malformed or contains an unknown name.',
  },
  invalid_plan: {
    status: 400,
    retryable: false,
    title: 'The plan is malformed or was modified after it was created.',
  },
  invalid_query: {
    status: 400,
    retryable: false,
    title: 'The query is malformed or contains an unknown name.',
  },
  invalid_request: { status: 400, retryable: false, title: 'The request does not have the required format.' },
  invalid_state: {
    status: 409,
    retryable: false,
    title: 'The current status of the tenant does not permit this operation.',
  },
  invalid_transaction: {
    status: 409,
    retryable: false,
    title: 'The transaction has ended or belongs to another database.',
  },
  metadata_changed: { status: 409, retryable: true, title: 'The metadata changed during the call.' },
  not_allowed: {
    status: 403,
    retryable: false,
    title: 'The SQL statement uses a feature that is not permitted.',
  },
  not_connected: { status: 503, retryable: false, title: 'The driver is not connected.' },
  not_latest: {
    status: 409,
    retryable: false,
    title: 'Only the latest deployment can be rolled back; the first one cannot.',
  },
  not_null_violation: { status: 409, retryable: false, title: 'A NOT NULL column would have no value.' },
  not_supported: { status: 501, retryable: false, title: 'The requested feature is not supported.' },
  object_conflict: {
    status: 409,
    retryable: false,
    title: 'The name is already used by another object of the database.',
  },
  object_not_found: { status: 404, retryable: false, title: 'No object with this name is deployed.' },
  organization_required: { status: 403, retryable: false, title: 'The session has no active organization.' },
  out_of_memory: { status: 503, retryable: true, title: 'The database ran out of memory.' },
  plan_stale: { status: 409, retryable: false, title: 'The database changed after the plan was created.' },
  provisioning_failed: {
    status: 500,
    retryable: true,
    title: 'Provisioning failed; a retry with the same request key resumes it.',
  },
  quota_exceeded: { status: 403, retryable: false, title: 'A quota of the tenant would be exceeded.' },
  record_not_found: { status: 404, retryable: false, title: 'No record with this id exists.' },
  request_timeout: { status: 504, retryable: true, title: 'The database did not respond in time.' },
  response_too_large: {
    status: 400,
    retryable: false,
    title: 'The response of the database server is too large.',
  },
  result_lost: { status: 500, retryable: false, title: 'The write took effect, but its result was lost.' },
  runtime_closed: { status: 503, retryable: false, title: 'The runtime has been closed.' },
  schema_mismatch: { status: 500, retryable: false, title: 'The live schema differs from the deployed one.' },
  secret_invalid: { status: 500, retryable: false, title: 'The sealed secret cannot be decrypted.' },
  seed_failed: { status: 422, retryable: false, title: 'Seed records could not be written.' },
  session_expired: { status: 401, retryable: false, title: 'The session has expired.' },
  sql_error: { status: 500, retryable: false, title: 'The database rejected the statement.' },
  tenant_ambiguous: {
    status: 400,
    retryable: false,
    title: 'The organization owns several tenants; one must be selected.',
  },
  tenant_not_found: { status: 404, retryable: false, title: 'The tenant was not found.' },
  tenant_not_ready: { status: 503, retryable: true, title: 'The tenant is still being provisioned.' },
  tenant_suspended: { status: 403, retryable: false, title: 'The tenant is suspended.' },
  transaction_expired: {
    status: 409,
    retryable: true,
    title: 'The transaction was rolled back because it stayed open for too long.',
  },
  unauthorized: {
    status: 401,
    retryable: false,
    title: 'The database token is missing, has expired or lacks the required permission.',
  },
  undo_expired: {
    status: 410,
    retryable: false,
    title: "The retention window of this deployment's removed data has expired.",
  },
  unique_violation: {
    status: 409,
    retryable: false,
    title: 'Another record already has this value in a unique field.',
  },
  unsupported_protocol_version: {
    status: 422,
    retryable: false,
    title: 'The document was written for a later version of the protocol.',
  },
  validation_failed: { status: 422, retryable: false, title: 'The record violates rules of its object.' },
} as const satisfies Record<string, ErrorCodeFacts>;

export const ErrorCodeEnum = z
  .enum(Object.keys(ERROR_CODES) as [keyof typeof ERROR_CODES, ...(keyof typeof ERROR_CODES)[]])
  .describe('Stable machine-readable error code. ERROR_CODES describes every code.');
export type ErrorCode = z.infer<typeof ErrorCodeEnum>;
