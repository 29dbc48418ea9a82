import * as z from 'zod';

interface ErrorCodeFacts {
  /** HTTP status code that corresponds to the error. */
  readonly status: number;
  /** Whether the same call may succeed later without changes by the caller. */
  readonly retryable: boolean;
  /** One sentence for people; the `title` of the problem details. */
  readonly title: string;
}

/** An error that only a change by the caller can resolve. */
const lasting = <const Status extends number, const Title extends string>(status: Status, title: Title) =>
  ({ status, retryable: false, title }) as const;

/** An error that a retry may resolve. */
const passing = <const Status extends number, const Title extends string>(status: Status, title: Title) =>
  ({ status, retryable: true, title }) as const;

/** Every error code of the protocol with its meaning: the only place where codes are declared. */
export const ERROR_CODES = {
  aborted: passing(499, 'The request was aborted by the caller.'),
  app_in_use: lasting(409, 'Other metadata depends on the app.'),
  app_incompatible: lasting(409, 'The app cannot be installed in the tenant.'),
  app_not_found: lasting(404, 'No suitable version of the app is published.'),
  app_not_installed: lasting(404, 'The app is not installed in the tenant.'),
  app_untrusted: lasting(403, 'The published manifest of the app is not trusted.'),
  backup_not_found: lasting(404, 'The tenant has no backup with this id.'),
  bundle_corrupt: lasting(500, 'The stored bundle does not match its checksum.'),
  bundle_not_found: lasting(404, 'No bundle with this checksum is stored.'),
  bundle_store_refused: lasting(502, 'The bundle store refused the request.'),
  bundle_store_unavailable: passing(503, 'The bundle store cannot be reached.'),
  bundle_too_large: lasting(413, 'The bundle exceeds a limit on its size, depth or number of values.'),
  configuration_incomplete: lasting(500, 'A required setting is missing.'),
  configuration_invalid: lasting(500, 'The configuration is not valid.'),
  conversion_failed: lasting(409, 'A stored value cannot be converted to the new type of its field.'),
  database_blocked: lasting(403, 'Reads or writes of the database are blocked by its owner or provider.'),
  database_busy: passing(503, 'The database is locked by another process.'),
  database_collision: lasting(409, 'A database with this name already exists and belongs to another tenant.'),
  database_exists: lasting(409, 'A database with this name already exists.'),
  database_full: lasting(507, 'The database or its disk is full.'),
  database_invalid: lasting(500, 'The file is not a database or is corrupt.'),
  database_not_found: lasting(404, 'The database does not exist.'),
  database_unreachable: passing(503, 'The database server cannot be reached.'),
  deployment_interrupted: passing(
    503,
    'The process that ran the deployment terminated before the deployment was complete.',
  ),
  deployment_not_found: lasting(404, 'The tenant has no such deployment.'),
  destructive_not_allowed: lasting(
    409,
    'The plan contains a change that must be approved by its id and was not.',
  ),
  exceeds_lock_budget: lasting(
    409,
    'The migration would lock the database for longer than its server permits, and this was not approved.',
  ),
  foreign_key_violation: lasting(
    409,
    'A record refers to a record that does not exist, or is still referenced.',
  ),
  idempotency_conflict: lasting(409, 'The idempotency key was already used with a different request.'),
  internal: lasting(500, 'Internal error.'),
  invalid_archive: lasting(400, 'The archive of the tenant is malformed or incomplete.'),
  invalid_bundle: lasting(422, 'The bundle is not valid.'),
  invalid_filter: lasting(400, 'The filter is malformed or contains an unknown name.'),
  invalid_masking_rule: lasting(409, 'A masking rule cannot be applied to its field.'),
  invalid_plan: lasting(400, 'The plan is malformed or was modified after it was created.'),
  invalid_query: lasting(400, 'The query is malformed or contains an unknown name.'),
  invalid_request: lasting(400, 'The request does not have the required format.'),
  invalid_state: lasting(409, 'The current status does not permit this call.'),
  invalid_transaction: lasting(409, 'The transaction has ended or belongs to another database.'),
  metadata_changed: passing(409, 'The deployed metadata changed during the call, and nothing was written.'),
  not_allowed: lasting(403, 'The SQL statement uses a feature that is not permitted.'),
  not_connected: lasting(503, 'The driver is not connected.'),
  not_latest: lasting(
    409,
    'Only the latest deployment can be rolled back, and only if there is an earlier one.',
  ),
  not_null_violation: lasting(409, 'A NOT NULL column would have no value.'),
  not_supported: lasting(501, 'The requested feature is not supported.'),
  object_conflict: lasting(
    409,
    'An object, table, view or index of another owner has the name, or depends on what would be changed.',
  ),
  object_not_found: lasting(404, 'No object with this name is deployed.'),
  organization_required: lasting(403, 'The session has no active organization.'),
  out_of_memory: passing(503, 'The database ran out of memory.'),
  plan_stale: lasting(409, 'The database changed after the plan was created.'),
  platform_refused: lasting(502, 'The Platform API of the database provider refused the request.'),
  platform_unavailable: passing(
    503,
    'The Platform API of the database provider cannot be reached or is overloaded.',
  ),
  point_in_time_unavailable: lasting(409, 'The database cannot be restored to this point in time.'),
  provisioning_failed: passing(500, 'Provisioning failed; a retry with the same request key resumes it.'),
  quota_exceeded: lasting(403, 'A quota of the tenant would be exceeded.'),
  rate_limited: passing(429, 'The tenant sent too many requests.'),
  record_not_found: lasting(404, 'No record with this id exists.'),
  release_exists: lasting(409, 'Another release has this name or bundle.'),
  release_not_found: lasting(404, 'No release with this name exists.'),
  request_timeout: passing(504, 'The server did not respond in time.'),
  request_too_large: lasting(413, 'The request body is too large.'),
  reservation_not_found: lasting(404, 'The quota reservation does not exist, has expired or was released.'),
  response_too_large: lasting(400, 'The response of the server is too large.'),
  result_lost: lasting(500, 'The write took effect, but its result was lost.'),
  rollout_conflict: lasting(409, 'A tenant is in another active rollout.'),
  rollout_not_found: lasting(404, 'No rollout with this id exists.'),
  runtime_closed: lasting(503, 'The runtime has been closed.'),
  schema_mismatch: lasting(500, 'The live schema differs from the deployed one.'),
  secret_invalid: lasting(500, 'The sealed secret cannot be decrypted.'),
  seed_failed: lasting(422, 'Seed records could not be written.'),
  session_expired: lasting(401, 'The session has expired.'),
  sql_error: lasting(500, 'The database rejected the statement.'),
  tenant_ambiguous: lasting(
    400,
    'The organization has several tenants, and the request selects none of them.',
  ),
  tenant_name_taken: lasting(409, 'The name belongs to another tenant.'),
  tenant_not_found: lasting(404, 'The tenant was not found.'),
  tenant_not_ready: passing(503, 'The tenant is still being provisioned.'),
  tenant_selector_conflict: lasting(400, 'Parts of the request select different tenants.'),
  tenant_suspended: lasting(403, 'The tenant is suspended.'),
  transaction_expired: passing(409, 'The transaction was rolled back because it stayed open for too long.'),
  unauthorized: lasting(
    401,
    'The token of the database or of the Platform API is missing, has expired or lacks the required permission.',
  ),
  undo_expired: lasting(410, "The retention window of this deployment's removed data has expired."),
  unique_violation: lasting(409, 'Another record already has this value in a unique field.'),
  unsupported_media_type: lasting(415, 'The content type is not supported.'),
  unsupported_protocol_version: lasting(
    422,
    'The document or registry was written for a later version of the protocol.',
  ),
  validation_failed: lasting(422, 'The record violates rules of its object.'),
} as const satisfies Record<string, ErrorCodeFacts>;

export const ErrorCodeEnum = z
  .enum(Object.keys(ERROR_CODES) as [keyof typeof ERROR_CODES, ...(keyof typeof ERROR_CODES)[]])
  .describe(
    'Stable machine-readable error code, for example tenant_not_found. ERROR_CODES describes every code.',
  );
export type ErrorCode = z.infer<typeof ErrorCodeEnum>;
