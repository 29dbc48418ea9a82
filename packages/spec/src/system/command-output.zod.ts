import * as z from 'zod';
import { ErrorCodeEnum } from '../shared/error-code.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';
import { DriftSchema } from './drift.zod.js';
import { LintFindingSchema } from './lint.zod.js';
import { TenantPlanSchema, TenantProvisioningStatusEnum } from './provisioning.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Names = z.array(NonEmpty);

const tenantId = NonEmpty.describe('Unique identifier of the tenant.');

export const VersionComparisonSchema = z
  .object({
    from: NonEmpty.describe(
      'Previous version: the path of a bundle, or `tenant:` followed by the id of the tenant in which the version is deployed.',
    ),
    to: NonEmpty.describe(
      'Next version: the path of a bundle, `tenant:` followed by a tenant id, or `bundle` for the bundle of the project.',
    ),
    findings: z
      .array(LintFindingSchema)
      .describe('List of the effects of the next version, the most severe first.'),
  })
  .describe(
    'Output of the command diff: effects of the next version on databases that have the previous version.',
  );
export type VersionComparison = z.infer<typeof VersionComparisonSchema>;

export const DriftReportSchema = z
  .object({
    tenantId,
    drift: z.array(DriftSchema).describe('List of differences; empty if there are none.'),
  })
  .describe('Output of the command drift.');
export type DriftReport = z.infer<typeof DriftReportSchema>;

export const TenantStateSchema = z
  .object({
    tenantId,
    provisioningStatus: TenantProvisioningStatusEnum,
    plan: TenantPlanSchema,
  })
  .describe('Output of the commands that change a tenant: its state afterwards.');
export type TenantState = z.infer<typeof TenantStateSchema>;

export const TenantExportResultSchema = z
  .object({
    tenantId,
    records: Count.describe('Number of exported records.'),
    file: NonEmpty.describe('Absolute path of the written archive.'),
  })
  .describe('Output of the command tenants export if it writes a file.');
export type TenantExportResult = z.infer<typeof TenantExportResultSchema>;

export const DataImportResultSchema = z
  .object({
    tenantId,
    object: NonEmpty.describe('Name of the object.'),
    written: Count.describe('Number of records that were written.'),
    skipped: Count.describe(
      'Number of records at the start of the input that were skipped, as requested by `--skip`.',
    ),
  })
  .describe('Output of the commands data insert and data import.');
export type DataImportResult = z.infer<typeof DataImportResultSchema>;

export const DataExportResultSchema = z
  .object({
    tenantId,
    object: NonEmpty.describe('Name of the object.'),
    records: Count.describe('Number of records in the file.'),
    resumed: Count.min(1)
      .optional()
      .describe(
        'Number of these records that an earlier, interrupted export had already written. Absent unless an export was resumed.',
      ),
    file: NonEmpty.describe('Absolute path of the written file.'),
  })
  .describe('Output of the command data export if it writes a file.');
export type DataExportResult = z.infer<typeof DataExportResultSchema>;

export const SqlOutputSchema = z
  .object({
    rows: z
      .array(
        z.record(
          z.string(),
          z.union([z.string(), z.number(), z.boolean(), z.null()]).describe('Value of the column.'),
        ),
      )
      .describe(
        'List of the returned rows. Integers beyond 2^53 are returned as strings, and binary values as strings in Base64.',
      ),
    rowsAffected: Count.describe('Number of rows that the statement changed.'),
  })
  .describe('Output of the command sql.');
export type SqlOutput = z.infer<typeof SqlOutputSchema>;

export const SweepReportSchema = z
  .object({
    failed: Names.describe(
      'Identifiers of the tenants whose provisioning was overdue and is now recorded as failed.',
    ),
    purged: Names.describe('Identifiers of the destroyed tenants whose data was permanently deleted.'),
    removedTemplates: Names.describe(
      'Names of the template databases that were deleted because they were no longer used.',
    ),
    removedCopies: Names.describe(
      'Names of the databases that were deleted: expired backups, and incomplete copies of tenants.',
    ),
    settledTenants: Names.describe(
      'Identifiers of the tenants whose status had changed while the access to their database had not; both agree now.',
    ),
    settled: Names.describe(
      'Identifiers of the interrupted deployments whose outcome was determined: they are now recorded as ready or failed.',
    ),
    removedBundles: Names.describe('Checksums of the unused bundles that were deleted.'),
    problems: z
      .array(
        z.object({
          subject: NonEmpty.describe(
            'Name or identifier of the tenant, database, bundle or other part of the runtime that could not be processed.',
          ),
          code: ErrorCodeEnum.describe('Code of the error with which the processing failed.'),
        }),
      )
      .describe('List of failures. The next sweep tries them again.'),
  })
  .describe('Output of the command sweep.');
export type SweepReport = z.infer<typeof SweepReportSchema>;

export const DevEventSchema = z
  .object({
    event: z
      .enum(['watching', 'invalid', 'unchanged', 'deployed', 'refused', 'failed'])
      .describe(
        'What happened. watching: the command waits for changes; invalid: the bundle has errors; unchanged: nothing to deploy; deployed: the bundle was deployed; refused: changes need approval; failed: the deployment failed.',
      ),
    tenantId,
    version: NonEmpty.optional().describe('Version of the bundle. Absent if no bundle was planned.'),
    deploymentId: NonEmpty.optional().describe('Identifier of the deployment.'),
    approvals: Names.optional().describe(
      'Identifiers of the changes that need approval. Present only for the event refused.',
    ),
    errorCode: ErrorCodeEnum.optional().describe(
      'Code of the error that made the deployment fail. Present only for the event failed.',
    ),
    issues: Count.optional().describe('Number of errors in the bundle. Present only for the event invalid.'),
  })
  .describe('Line of output of the command dev.');
export type DevEvent = z.infer<typeof DevEventSchema>;

export const DiagramOutputSchema = z
  .object({
    kind: z
      .enum(['objects', 'difference', 'states'])
      .describe(
        'What the diagram shows. objects: objects with their fields and references; difference: the same, with marks for what was added, removed or changed; states: state machines.',
      ),
    format: z.enum(['svg', 'mermaid']).describe('Format of the source: an SVG picture, or Mermaid text.'),
    nodes: Count.describe('Number of boxes in the diagram: objects or states.'),
    edges: Count.describe('Number of lines in the diagram: references or transitions.'),
    source: NonEmpty.optional().describe('Source of the diagram. Absent if it was written to a file.'),
    file: NonEmpty.optional().describe('Absolute path of the written file. Absent if none was written.'),
  })
  .describe('Output of the command diagram.');
export type DiagramOutput = z.infer<typeof DiagramOutputSchema>;

export const CommandProblemSchema = z
  .object({
    ...ProblemDetailsSchema.shape,
    exitCode: z.int().min(1).max(255).describe('Exit code of the process. EXIT_CODES describes every code.'),
    next: Names.describe('List of commands that solve the problem or show more about it.'),
  })
  .describe('Error output of every command with --json: one line on standard error.');
export type CommandProblem = z.infer<typeof CommandProblemSchema>;
