import * as z from 'zod';
import { SQLDialectSchema } from '../data/driver-sql.zod.js';
import { ChecksumSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { ProtocolVersionSchema } from '../shared/protocol-version.zod.js';
import { ChangeRiskEnum, DeployDiffSchema } from './deploy-diff.zod.js';
import { DeployValidationIssueSchema } from './deploy-validation.zod.js';
import { PlannedDriftSchema } from './drift.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Text = z.string();

export const SqlArgumentSchema = z.union([Text, z.number(), z.null()]).describe('Bound value.');
export type SqlArgument = z.infer<typeof SqlArgumentSchema>;

export const PlannedSqlSchema = z
  .object({
    sql: NonEmpty.describe('Exactly one statement.'),
    args: z.array(SqlArgumentSchema).describe('Values of its placeholders.'),
  })
  .describe('A statement with bound values.');
export type PlannedSql = z.infer<typeof PlannedSqlSchema>;

const statementBase = {
  order: Count.describe('Place in the plan from 0.'),
  kind: z
    .enum([
      'assert',
      'keep_aside',
      'drop_index',
      'drop_table',
      'drop_column',
      'rename_table',
      'rename_column',
      'convert_column',
      'create_table',
      'restore_records',
      'rebuild_table',
      'add_column',
      'restore_values',
      'create_index',
      'check_references',
    ])
    .describe(
      'What the statement does; an assert only stops the plan where the data is in the way, and does not run for a change that is allowed; check_references stops it in any case.',
    ),
  changeId: Text.describe('Change that needs the statement.'),
  ...PlannedSqlSchema.shape,
  risk: ChangeRiskEnum,
  explanation: Text.describe('What the statement does, in words.'),
};

export const MigrationStatementSchema = z
  .discriminatedUnion('reversible', [
    z.object({
      ...statementBase,
      reversible: z.literal(true).describe('It can be undone.'),
      rollback: z
        .array(PlannedSqlSchema)
        .describe(
          'Statements that undo it, in one transaction with foreign keys off; none where it leaves nothing or another one undoes it along.',
        ),
    }),
    z.object({ ...statementBase, reversible: z.literal(false).describe('It cannot be undone.') }),
  ])
  .describe('One DDL statement; a reversible one carries its rollback.');
export type MigrationStatement = z.infer<typeof MigrationStatementSchema>;

export const PreflightCheckSchema = z
  .object({
    id: NonEmpty.describe('Id within the plan.'),
    changeId: Text.describe('Change that the rows are about.'),
    ...PlannedSqlSchema.shape,
    stops: z
      .enum(['always', 'unless_allowed', 'never'])
      .describe('Whether rows stop the plan; never: they are only told.'),
    explanation: Text.describe('What the rows are that the check counts.'),
  })
  .describe(
    'A query that counts, in its column `rows`, the records in the way of a change, and lists, as JSON in `samples`, some of their ids.',
  );
export type PreflightCheck = z.infer<typeof PreflightCheckSchema>;

export const PreflightFindingSchema = z
  .object({
    checkId: NonEmpty.describe(
      'Check of the plan, or `replace_records:<object>` and `replace_seeded:<object>` for what its seeds would remove.',
    ),
    rows: Count.describe('Records in its way.'),
    samples: z.array(Text).optional().describe('Ids of the first of them, five at most.'),
    explanation: Text.optional().describe(
      'What the records are. Absent: the explanation of the check in the plan holds.',
    ),
  })
  .describe('What a check counted in one tenant.');
export type PreflightFinding = z.infer<typeof PreflightFindingSchema>;

export const MigrationPlanSchema = z
  .object({
    protocolVersion: ProtocolVersionSchema,
    dialect: SQLDialectSchema,
    bundleChecksum: ChecksumSchema.optional().describe(
      'Bundle that the plan deploys; absent for a bare schema change.',
    ),
    bundleVersion: SemanticVersionSchema.optional().describe(
      'Version of that bundle; there exactly when the checksum is.',
    ),
    baseSchemaHash: ChecksumSchema.describe('Schema that the plan was made for.'),
    targetSchemaHash: ChecksumSchema.describe('Schema that the plan leads to.'),
    diff: DeployDiffSchema,
    statements: z.array(MigrationStatementSchema).describe('What will run, in order.'),
    preflight: z.array(PreflightCheckSchema).describe('What to count before it runs.'),
    drift: z
      .array(PlannedDriftSchema)
      .describe('Unmanaged objects and changes found in the live schema, and what the plan does with each.'),
    reversible: z.boolean().describe('Whether every statement is.'),
    planHash: ChecksumSchema.describe(
      'SHA-256 over all of the above; only what made the plan can compute it.',
    ),
    findings: z
      .array(PreflightFindingSchema)
      .optional()
      .describe('What the preflight counted in one tenant. Outside the hash.'),
    warnings: z
      .array(DeployValidationIssueSchema)
      .optional()
      .describe('List of the warnings that validation found in the bundle. Outside the hash.'),
  })
  .refine((plan) => plan.reversible === plan.statements.every((statement) => statement.reversible), {
    path: ['reversible'],
    message: 'is true exactly when every statement is reversible',
  })
  .refine((plan) => plan.statements.every((statement, index) => statement.order === index), {
    path: ['statements'],
    message: 'are in their order',
  })
  .refine((plan) => (plan.bundleChecksum === undefined) === (plan.bundleVersion === undefined), {
    path: ['bundleVersion'],
    message: 'is there exactly when bundleChecksum is',
  })
  .refine(
    (plan) =>
      plan.diff.baseSchemaHash === plan.baseSchemaHash &&
      plan.diff.targetSchemaHash === plan.targetSchemaHash,
    {
      path: ['diff'],
      message: 'has the hashes of the plan',
    },
  )
  .describe(
    'What a deployment will do, pinned to the schema it was made for. Holds for any tenant with that schema.',
  );
export type MigrationPlan = z.infer<typeof MigrationPlanSchema>;
