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

export const SqlArgumentSchema = z
  .union([Text, z.number(), z.null()])
  .describe('Value bound to a placeholder of a SQL statement.');
export type SqlArgument = z.infer<typeof SqlArgumentSchema>;

export const PlannedSqlSchema = z
  .object({
    sql: NonEmpty.describe('SQL text of exactly one statement.'),
    args: z
      .array(SqlArgumentSchema)
      .describe('List of the values of the placeholders in the statement, in order.'),
  })
  .describe('SQL statement with bound values.');
export type PlannedSql = z.infer<typeof PlannedSqlSchema>;

const statementBase = {
  order: Count.describe('Zero-based position of the statement in the plan.'),
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
      'Kind of statement. assert: aborts the migration if existing data does not permit the change, unless the change is approved; keep_aside: copies removed values to a system table; restore_records, restore_values: copies them back; convert_column: converts stored values; rebuild_table: one step of a table rebuild; check_references: aborts the migration if a foreign key is violated; all others are named after their SQL statement.',
    ),
  changeId: Text.describe('Identifier of the change that requires the statement.'),
  ...PlannedSqlSchema.shape,
  risk: ChangeRiskEnum,
  explanation: Text.describe('Description of what the statement does.'),
};

export const MigrationStatementSchema = z
  .discriminatedUnion('reversible', [
    z.object({
      ...statementBase,
      reversible: z.literal(true).describe('Indicates that the statement can be rolled back.'),
      rollback: z
        .array(PlannedSqlSchema)
        .describe(
          'List of SQL statements that reverse the statement, to be executed in one transaction with foreign keys off. Empty if there is nothing to reverse, or if the rollback of another statement reverses it.',
        ),
    }),
    z.object({
      ...statementBase,
      reversible: z.literal(false).describe('Indicates that the statement cannot be rolled back.'),
    }),
  ])
  .describe('SQL statement of a migration plan. A reversible statement includes its rollback.');
export type MigrationStatement = z.infer<typeof MigrationStatementSchema>;

export const PreflightCheckSchema = z
  .object({
    id: NonEmpty.describe('Identifier of the check, unique within the plan.'),
    changeId: Text.describe('Identifier of the change that the check belongs to.'),
    ...PlannedSqlSchema.shape,
    stops: z
      .enum(['always', 'unless_allowed', 'never'])
      .describe(
        'Whether the migration is rejected if the check counts at least one record. always: rejected; unless_allowed: rejected unless the change is approved; never: not rejected, and the number of records is only reported.',
      ),
    explanation: Text.describe('Description of the records that the check counts.'),
  })
  .describe(
    'Preflight check: a query that counts the records that prevent a change or are affected by it. The column `rows` of its result contains their number, and the column `samples` some of their ids as a JSON array.',
  );
export type PreflightCheck = z.infer<typeof PreflightCheckSchema>;

export const PreflightFindingSchema = z
  .object({
    checkId: NonEmpty.describe(
      'Identifier of the check in the plan; or `replace_records:<object>` for records that the seed data would remove although no seed data created them, or `replace_seeded:<object>` for records of earlier seed data that it would remove.',
    ),
    rows: Count.describe('Number of records that the check counted.'),
    samples: z.array(Text).optional().describe('List of the ids of up to five counted records.'),
    explanation: Text.optional().describe(
      'Description of the counted records. Absent if it is the same as the explanation of the check in the plan.',
    ),
  })
  .describe("Result of a preflight check in one tenant's database.");
export type PreflightFinding = z.infer<typeof PreflightFindingSchema>;

export const MigrationPlanSchema = z
  .object({
    protocolVersion: ProtocolVersionSchema,
    dialect: SQLDialectSchema.describe('SQL dialect of the statements.'),
    bundleChecksum: ChecksumSchema.optional().describe(
      'Checksum of the bundle that the plan deploys. Absent for a schema change without a bundle.',
    ),
    bundleVersion: SemanticVersionSchema.optional().describe(
      'Version of the bundle. Present only if bundleChecksum is present.',
    ),
    baseSchemaHash: ChecksumSchema.describe('Hash of the schema that the plan was created for.'),
    targetSchemaHash: ChecksumSchema.describe('Hash of the schema that the plan results in.'),
    diff: DeployDiffSchema,
    statements: z.array(MigrationStatementSchema).describe('List of statements, in the order of execution.'),
    preflight: z
      .array(PreflightCheckSchema)
      .describe('List of checks that count affected records before the statements run.'),
    drift: z
      .array(PlannedDriftSchema)
      .describe(
        'List of unmanaged objects and other drift in the live schema, and the effect of the plan on each.',
      ),
    reversible: z.boolean().describe('Whether every statement of the plan can be rolled back.'),
    planHash: ChecksumSchema.describe(
      'SHA-256 hash of all properties above. Only the service that created the plan can compute it.',
    ),
    findings: z
      .array(PreflightFindingSchema)
      .optional()
      .describe(
        "Results of the preflight checks in one tenant's database. Not included in the hash. Absent if the plan was created without a database to check.",
      ),
    warnings: z
      .array(DeployValidationIssueSchema)
      .optional()
      .describe(
        'List of warnings from the validation of the bundle. Not included in the hash. Absent if no bundle was validated.',
      ),
  })
  .refine((plan) => plan.reversible === plan.statements.every((statement) => statement.reversible), {
    path: ['reversible'],
    message: 'must be true exactly if every statement is reversible',
  })
  .refine((plan) => plan.statements.every((statement, index) => statement.order === index), {
    path: ['statements'],
    message: 'must be numbered in order from 0',
  })
  .refine((plan) => (plan.bundleChecksum === undefined) === (plan.bundleVersion === undefined), {
    path: ['bundleVersion'],
    message: 'must be present exactly if bundleChecksum is',
  })
  .refine(
    (plan) =>
      plan.diff.baseSchemaHash === plan.baseSchemaHash &&
      plan.diff.targetSchemaHash === plan.targetSchemaHash,
    {
      path: ['diff'],
      message: 'must have the schema hashes of the plan',
    },
  )
  .describe(
    'Migration plan: the statements that a deployment runs, bound to the schema that it was created for. Valid for every tenant with that schema.',
  );
export type MigrationPlan = z.infer<typeof MigrationPlanSchema>;
