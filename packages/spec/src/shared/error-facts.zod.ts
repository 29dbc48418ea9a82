import * as z from 'zod';
import { RecordRuleEnum } from './record-rule.zod.js';

const text = (description: string) => z.string().describe(description);
const count = (description: string) => z.int().min(0).describe(description);
const texts = (description: string) => z.array(z.string()).describe(description);

const IssueSchema = z
  .object({
    path: text('JSON Pointer to the value; empty for the whole input.'),
    code: text('Stable code of the problem, for example `invalid_shape`.'),
    message: text('Explanation of the problem.').optional(),
    severity: text('Severity of the problem: `error`, `warning` or `info`.').optional(),
    suggestion: text('Value that was probably intended.').optional(),
    file: text('File of the value, if the input was read from several files.').optional(),
    line: count('Line of the value in the file or text, starting at 1.').optional(),
    column: count('Column of the value in its line, starting at 1.').optional(),
  })
  .describe('Problem in the input, and its position.');

const ViolationSchema = z
  .object({
    field: text('Name of the field whose value violates the rule.'),
    rule: RecordRuleEnum,
    index: count('Position of the record in a bulk write, starting at 0.').optional(),
    expected: text('What the value must be, for example "at most 255 characters".').optional(),
    suggestion: text('Name of a field that was probably intended.').optional(),
  })
  .describe('Field, and the rule that its value violates.');

const FindingSchema = z
  .object({
    checkId: text('Identifier of the preflight check in the plan.'),
    rows: count('Number of records that the check counted.'),
    samples: texts('Identifiers of up to five of these records.').optional(),
    explanation: text('Description of the counted records.').optional(),
  })
  .describe('Preflight check that found affected records.');

/** The properties of `Drift` in `system/drift`, which this folder does not import. */
const DriftFactSchema = z
  .looseObject({
    code: text('Stable code of the difference, `DR701` or `DR702`.'),
    kind: text('Kind of database object: `table`, `view`, `column`, `index` or `trigger`.'),
    table: text('Name of the table that contains the database object, or of the SQL view itself.'),
    name: text('Name of the database object that differs.'),
    statements: texts('SQL statements that would create the difference.').optional(),
  })
  .describe('Difference between the live schema and the deployed one.');

/** Every fact that `details` of an error can hold, by its name. Its meaning is the same in all errors that have it. */
export const ERROR_FACTS = {
  actual: count('Actual number or size, which exceeds `maximum`.'),
  allow: texts('Entries of the option `allow` that are not ids of changes in the plan.'),
  allowed: texts('Statuses in which the operation is permitted.'),
  apps: texts('Names of the apps that could not be installed, upgraded, uninstalled or found.'),
  attempts: count('Number of attempts that failed.'),
  baseSchemaHash: text('Hash of the schema for which the plan was created.'),
  changeId: text('Identifier of the change in the plan whose statement failed.'),
  changed: texts('Components that changed after the deployment, as `kind/name`.'),
  changes: texts('Identifiers of the changes that need approval.'),
  checksum: text('SHA-256 checksum of the bundle, in hexadecimal.'),
  databaseCount: count(
    'Number of tenant databases in the data directory, although its registry is missing or empty.',
  ),
  databaseName: text('Name of the tenant database.'),
  databaseNames: texts(
    'Names of some of the tenant databases that `databaseCount` counts, in alphabetical order.',
  ),
  deploymentId: text('Identifier of the deployment that failed or could not be rolled back.'),
  dependents: texts('Components and apps that depend on the app, as `kind/name`.'),
  drift: z
    .array(DriftFactSchema)
    .describe('Differences between the live schema and the deployed one, each as Drift of system/drift.'),
  earliestAt: text('Earliest later timestamp to which the database can be restored, as far as it is known.'),
  errorCode: text('Error code of the failed provisioning step.'),
  errorCount: count('Number of errors in the bundle, including those beyond the listed issues.'),
  estimatedMs: z
    .number()
    .describe('Estimated time for which the migration locks the database, in milliseconds.'),
  expectedTenantId: text('Identifier of the tenant whose database was expected.'),
  expired: texts(
    'Identifiers of the deployments whose retention window has expired and whose retained data was purged.',
  ),
  failed: count('Number of seed records that could not be written.'),
  feature: text('Unsupported feature: a key of `NOT_SUPPORTED`, or a capability, for example `savepoints`.'),
  field: text('Name of the field in which the error occurred.'),
  fields: texts('Names of the fields that violate the constraint together.'),
  file: text('Name of the database file, without its directory.'),
  findings: z.array(FindingSchema).describe('Preflight checks of the plan that found affected records.'),
  foundVersion: count('Schema version of the registry database, which is newer than latestVersion.'),
  guard: text('Identifier of the condition that did not hold and therefore aborted the transaction.'),
  id: text('Identifier of the stored record that is not valid.'),
  index: count('Position of the record in a bulk write, starting at 0.'),
  indexName: text('Name of the conflicting index.'),
  issues: z.array(IssueSchema).describe('List of the problems in the input.'),
  kind: text('Kind of the component, such as `view` or `flow`.'),
  later: texts('Identifiers of the later deployments, which must be rolled back first, oldest first.'),
  latestAt: text('Latest earlier timestamp to which the database can be restored, as far as it is known.'),
  latest: z.string().nullable().describe('Identifier of the deployment that can be rolled back, or `null`.'),
  latestVersion: count('Newest schema version of the registry database that this release can read.'),
  limit: text('Name of the exceeded limit: a key of `LIMITS` or, for a bundle, of `BUNDLE_LIMITS`.'),
  limitBytes: count('Maximum size of a response, in bytes.'),
  limitMs: z
    .number()
    .describe('Maximum time for which the server lets a migration lock the database, in milliseconds.'),
  maximum: z.number().nullable().describe('Maximum permitted value; `null` if there is no limit.'),
  mentionedBy: text('Name of the SQL view or trigger whose definition refers to the object.'),
  missing: texts('Names of the missing settings.'),
  name: text('Name that caused the error: that of a SQL function, database, object or component.'),
  object: text('Name of the object in which the error occurred.'),
  objects: texts('Names of the objects whose removed data is no longer retained.'),
  openFileLimit: count('Maximum number of files that the process may have open.'),
  option: text('Name of the option that is not valid, for example `apiUrl`.'),
  outcome: z
    .enum(['none', 'unknown', 'applied'])
    .describe(
      'Effect of the failed write: `none`: not applied; `unknown`: it may have been applied; `applied`: it was applied and only its result was lost.',
    ),
  path: text('JSON Pointer to the value; empty for the whole input.'),
  paths: texts(
    'Dotted paths of the properties of the stored row that do not conform to their schema, for example `connectionConfig.url`.',
  ),
  problem: text('Explanation of why the condition of the index is not valid.'),
  protocolVersion: z.unknown().describe('Protocol version of the document, which is not supported.'),
  quota: text('Name of the quota, a key of `TenantQuota`.'),
  quotas: z
    .array(
      z.object({
        quota: text('Name of the quota, a key of `TenantQuota`.'),
        maximum: count('Maximum usage, in the unit of the quota.'),
        usage: count('Current usage, in the unit of the quota.'),
      }),
    )
    .describe('Quotas that would be lower than the current usage.'),
  reason: text('Cause of the error: an identifier such as `tables_missing`, or a few words.'),
  referredBy: z
    .object({ object: text('Name of the referring object.'), field: text('Name of its lookup field.') })
    .describe('Lookup field by which other records still refer to the record.'),
  referredToBy: text('Name of the table whose foreign key refers to the object.'),
  release: text('Name of the release that already exists.'),
  renamedFrom: z
    .union([z.string(), z.array(z.string())])
    .describe('Value or values of `renamedFrom` that were rejected.'),
  requested: z
    .number()
    .describe('Amount by which the request would increase the usage, in the unit of the quota.'),
  resetAt: text(
    'Timestamp from which the same request is permitted again, unless other requests use the quota first.',
  ),
  retentionDays: z.unknown().describe('Retention window that was requested, in days.'),
  rolloutId: text('Identifier of the rollout that was not found or is in conflict.'),
  rows: count('Number of records that prevent the change.'),
  samples: texts('Identifiers of some of the records that prevent the change.'),
  schemaHash: text('Hash of the live schema.'),
  seeds: z
    .array(
      z.looseObject({
        object: text('Name of the object of the dataset.'),
        failed: count('Number of failed records.'),
      }),
    )
    .describe('Results of the seed datasets with records that could not be written.'),
  settings: texts('Names of the invalid settings, with dots in nested ones, for example `pool.size`.'),
  sqliteCode: text('Result code of SQLite, for example `SQLITE_ERROR`.'),
  statement: count('Position of the failed statement in the plan, its `order`.'),
  statementIndex: count('Position of the failed statement in the call, starting at 0.'),
  status: z
    .union([z.string(), z.int()])
    .describe(
      'Current status of the tenant, deployment or rollout, or HTTP status code that a server returned.',
    ),
  step: text('Name of the provisioning step that failed.'),
  subject: text('Name of the argument or property that requires the unsupported feature.'),
  suggestion: text('Name that was probably intended.'),
  systemCode: text('Error code of the operating system, such as `ENOSPC`.'),
  table: text('Name of the table in which the error occurred.'),
  tables: z
    .array(z.object({ table: text('Name of the table.'), rows: count('Number of rows in the table.') }))
    .describe('Tables that the migration rebuilds.'),
  targetSchemaHash: text('Hash of the schema that the plan results in.'),
  tenantId: text('Identifier of the affected tenant.'),
  tenantIds: texts('Identifiers of the tenants among which one must be selected.'),
  unknownCode: text('Error code, received from a newer release, that this release does not know.'),
  until: text('What is required for the feature to be supported, or `not planned`.'),
  usage: z.number().describe('Current usage, in the unit of the quota.'),
  view: text('Name of the SQL view.'),
  violations: z.array(ViolationSchema).describe('List of the violated rules.'),
} as const satisfies Record<string, z.ZodType>;

export type ErrorFact = keyof typeof ERROR_FACTS;

const optionalFacts = Object.fromEntries(
  Object.entries(ERROR_FACTS).map(([name, schema]) => [name, schema.optional()]),
) as { [Fact in ErrorFact]: z.ZodOptional<(typeof ERROR_FACTS)[Fact]> };

export const ErrorDetailsSchema = z
  .looseObject(optionalFacts)
  .describe('Machine-readable details of an error. Its code determines which properties it has.');
export type ErrorDetails = z.infer<typeof ErrorDetailsSchema>;
