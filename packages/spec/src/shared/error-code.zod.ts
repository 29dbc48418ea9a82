import * as z from 'zod';

interface ErrorCodeFacts {
  /** HTTP status that a service answers with. */
  readonly status: number;
  /** Whether the same call may succeed later without the caller changing anything. */
  readonly retryable: boolean;
  /** One sentence for a person; the `title` of the problem details. */
  readonly title: string;
}

/** Every error code of the protocol with its meaning: the one place where a code is declared. */
export const ERROR_CODES = {
  aborted: { status: 499, retryable: true, title: 'The caller gave up through its abort signal.' },
  bundle_corrupt: {
    status: 500,
    retryable: false,
    title: 'Stored bundle bytes no longer have their checksum.',
  },
  bundle_not_found: { status: 404, retryable: false, title: 'No bundle with this checksum is stored.' },
  bundle_too_large: {
    status: 413,
    retryable: false,
    title: 'The bundle exceeds a limit of bytes, depth or nodes.',
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
    title: 'A stored value does not fit the new type of its field.',
  },
  database_blocked: {
    status: 403,
    retryable: false,
    title: 'The database takes no reads or no writes at present, by order of its owner or provider.',
  },
  database_busy: { status: 503, retryable: true, title: 'Another process holds the database.' },
  database_collision: {
    status: 409,
    retryable: false,
    title: 'A database with this name already exists and belongs to another tenant.',
  },
  database_exists: { status: 409, retryable: false, title: 'A database of this name exists already.' },
  database_full: { status: 507, retryable: false, title: 'The database or its disk has no room left.' },
  database_invalid: { status: 500, retryable: false, title: 'The file is not a database or is damaged.' },
  database_not_found: { status: 404, retryable: false, title: 'The database does not exist.' },
  database_unreachable: {
    status: 503,
    retryable: true,
    title: 'The server of the database cannot be reached.',
  },
  deployment_interrupted: {
    status: 503,
    retryable: true,
    title: 'The process that ran the deployment ended before the deployment did.',
  },
  deployment_not_found: { status: 404, retryable: false, title: 'The tenant has no such deployment.' },
  destructive_not_allowed: {
    status: 409,
    retryable: false,
    title: 'The plan removes data or weakens integrity, and not every such change was allowed by its id.',
  },
  exceeds_lock_budget: {
    status: 409,
    retryable: false,
    title: 'The migration would hold the database longer than its server lets it, and that was not allowed.',
  },
  foreign_key_violation: {
    status: 409,
    retryable: false,
    title: 'A record refers to one that does not exist, or is still referred to.',
  },
  idempotency_conflict: {
    status: 409,
    retryable: false,
    title: 'The request key was used before with another request.',
  },
  internal: { status: 500, retryable: false, title: 'Something failed that should not have.' },
  invalid_bundle: { status: 422, retryable: false, title: 'The bundle is not valid.' },
  invalid_filter: {
    status: 400,
    retryable: false,
    title: 'The filter is malformed or names something unknown.',
  },
  invalid_plan: {
    status: 400,
    retryable: false,
    title: 'The plan does not parse or is not the one that was made.',
  },
  invalid_query: {
    status: 400,
    retryable: false,
    title: 'The query is malformed or names something unknown.',
  },
  invalid_request: { status: 400, retryable: false, title: 'The request does not have the required shape.' },
  invalid_state: { status: 409, retryable: false, title: 'The tenant is not in a state that allows this.' },
  invalid_transaction: {
    status: 409,
    retryable: false,
    title: 'The transaction has ended or belongs to another database.',
  },
  metadata_changed: { status: 409, retryable: true, title: 'The metadata changed while the call ran.' },
  not_allowed: {
    status: 403,
    retryable: false,
    title: 'The SQL uses something that is closed to it.',
  },
  not_connected: { status: 503, retryable: false, title: 'The driver is not connected.' },
  not_latest: {
    status: 409,
    retryable: false,
    title: 'Only the latest deployment can be rolled back, and not the first.',
  },
  not_null_violation: {
    status: 409,
    retryable: false,
    title: 'A column that must hold a value would be empty.',
  },
  not_supported: { status: 501, retryable: false, title: 'This is not supported.' },
  object_conflict: {
    status: 409,
    retryable: false,
    title: 'The name is taken by something else in this database.',
  },
  object_not_found: { status: 404, retryable: false, title: 'No such object is deployed.' },
  organization_required: { status: 403, retryable: false, title: 'The session has no active organization.' },
  plan_stale: { status: 409, retryable: false, title: 'The database has changed since the plan was made.' },
  provisioning_failed: {
    status: 500,
    retryable: true,
    title: 'Provisioning stopped; the same request key continues it.',
  },
  quota_exceeded: {
    status: 403,
    retryable: false,
    title: 'The plan of the tenant does not allow this much.',
  },
  record_not_found: { status: 404, retryable: false, title: 'No record has this id.' },
  request_timeout: { status: 504, retryable: true, title: 'The database did not answer in time.' },
  response_too_large: { status: 400, retryable: false, title: 'The answer of the server is too large.' },
  result_lost: { status: 500, retryable: false, title: 'The write took effect; its result was lost.' },
  runtime_closed: { status: 503, retryable: false, title: 'The runtime is closed.' },
  schema_mismatch: {
    status: 500,
    retryable: false,
    title: 'The live schema differs from the one that was deployed.',
  },
  secret_invalid: { status: 500, retryable: false, title: 'A sealed secret cannot be opened.' },
  seed_failed: { status: 422, retryable: false, title: 'Seed records could not be written.' },
  session_expired: { status: 401, retryable: false, title: 'The session has expired.' },
  sql_error: { status: 500, retryable: false, title: 'The database refused a statement.' },
  tenant_ambiguous: {
    status: 400,
    retryable: false,
    title: 'The organization owns several tenants; select one.',
  },
  tenant_not_found: { status: 404, retryable: false, title: 'No such tenant.' },
  tenant_not_ready: { status: 503, retryable: true, title: 'The tenant is still being provisioned.' },
  tenant_suspended: { status: 403, retryable: false, title: 'The tenant is suspended.' },
  transaction_expired: {
    status: 409,
    retryable: true,
    title: 'The transaction was rolled back because it stayed open too long.',
  },
  unauthorized: {
    status: 401,
    retryable: false,
    title: 'The token of the database is missing, expired or not allowed to do this.',
  },
  undo_expired: {
    status: 410,
    retryable: false,
    title: 'What the deployment took away is no longer kept.',
  },
  unique_violation: {
    status: 409,
    retryable: false,
    title: 'Another record has the same value in a unique field.',
  },
  unsupported_protocol_version: {
    status: 422,
    retryable: false,
    title: 'The document was written for a newer protocol.',
  },
  validation_failed: { status: 422, retryable: false, title: 'The record breaks rules of its object.' },
} as const satisfies Record<string, ErrorCodeFacts>;

export const ErrorCodeEnum = z
  .enum(Object.keys(ERROR_CODES) as [keyof typeof ERROR_CODES, ...(keyof typeof ERROR_CODES)[]])
  .describe('Stable machine-readable error code.');
export type ErrorCode = z.infer<typeof ErrorCodeEnum>;
