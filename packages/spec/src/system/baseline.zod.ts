import * as z from 'zod';
import { ChecksumSchema } from '../shared/names.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);

/** Every code of a baseline finding with its meaning. */
export const BASELINE_FINDING_CODES = {
  column_added:
    'The table has no column for a timestamp of records, so the adoption adds it, without changing a row.',
  column_differs: 'A column is declared in a way that does not fit its field.',
  column_missing: 'The table has no column for a stored field.',
  declaration_kept:
    'Columns or constraints are declared differently from those of deployments, without an effect on records. The table keeps them until a deployment changes them.',
  duplicate_values: 'Rows share the values of a field or index that the object declares unique.',
  index_created: 'A declared index does not exist, so the adoption creates it.',
  index_differs: 'An index has the name of a declared index, but another definition.',
  index_replaced: 'An index equals a declared one except for its name, so the adoption replaces it.',
  invalid_value: 'Rows contain values that the field cannot store.',
  missing_reference: 'Rows refer to rows that do not exist.',
  required_column: 'The table has a column without a field that requires a value for each new row.',
  rule_violation: 'Rows violate a rule of the field that applies to new values only.',
  seed_data: 'The bundle contains seed data, which an adoption does not write.',
  system_column:
    'The column id is missing, or a column id, created_at or updated_at is declared in a way that does not fit.',
  table_constraint: 'The table has a constraint that the rules of the object do not imply, or an option.',
  table_missing: 'The database has no table for the object.',
  table_name: 'The name of the table differs from the name of the object in upper and lower case.',
  unmanaged: 'A table, view, column, index or trigger belongs to no object, so the adoption preserves it.',
} as const;

export const BaselineFindingCodeEnum = z
  .enum(
    Object.keys(BASELINE_FINDING_CODES) as [
      keyof typeof BASELINE_FINDING_CODES,
      ...(keyof typeof BASELINE_FINDING_CODES)[],
    ],
  )
  .describe(
    `Stable code of the finding. ${Object.entries(BASELINE_FINDING_CODES)
      .map(([code, meaning]) => `${code}: ${meaning}`)
      .join(' ')}`,
  );
export type BaselineFindingCode = z.infer<typeof BaselineFindingCodeEnum>;

export const BaselineFindingSchema = z
  .object({
    code: BaselineFindingCodeEnum,
    severity: z
      .enum(['error', 'warning', 'notice'])
      .describe(
        'Effect of the finding. error: the database cannot be adopted; warning: it can be adopted, but later writes or migrations may be rejected because of stored values; notice: the difference has no effect.',
      ),
    object: NonEmpty.describe(
      'Name of the object, or of the table or view if no object describes it. The manifest has the name `manifest`.',
    ),
    name: NonEmpty.optional().describe(
      'Name of the field, column, index or trigger to which the finding applies. Absent if it applies to the whole object.',
    ),
    message: NonEmpty.describe('Description of what was found and of what was expected.'),
    rows: Count.optional().describe('Number of affected rows. Absent if the finding does not concern rows.'),
    samples: z
      .array(z.string())
      .optional()
      .describe('List of the ids of up to five affected rows. Absent if the finding does not concern rows.'),
    next: NonEmpty.optional().describe(
      'Instruction for resolving the finding. Absent if nothing needs to be done.',
    ),
    fix: z
      .array(NonEmpty)
      .min(1)
      .optional()
      .describe(
        'List of SQL statements that resolve the finding, in order. They change the database for its other clients too. Absent if no statement is known to resolve it.',
      ),
  })
  .describe('Difference between an existing database and the objects with which it is to be adopted.');
export type BaselineFinding = z.infer<typeof BaselineFindingSchema>;

export const BaselineSchema = z
  .object({
    isAdoptable: z.boolean().describe('Whether the database can be adopted: no finding is an error.'),
    planHash: ChecksumSchema.describe(
      'SHA-256 hash of the schema before and after the adoption and of the bundle. Stored in the deployment history as the hash of the first deployment.',
    ),
    statements: z
      .array(NonEmpty)
      .describe(
        'List of SQL statements that create the missing indexes and timestamp columns, and drop indexes that are replaced. No statement changes a row.',
      ),
    findings: z.array(BaselineFindingSchema).describe('List of findings, errors first.'),
  })
  .describe('Result of comparing an existing database with the objects with which it is to be adopted.');
export type Baseline = z.infer<typeof BaselineSchema>;

export const BaselineResultSchema = z
  .object({
    outcome: z
      .enum(['adopted', 'already_adopted', 'adoptable', 'refused'])
      .describe(
        'Outcome. adopted: the database is now a tenant in which the bundle is deployed; already_adopted: an earlier call adopted it with the same bundle; adoptable: the database was only checked, and can be adopted; refused: the database cannot be adopted, and nothing was changed.',
      ),
    databaseName: NonEmpty.describe('Name of the database on its data plane.'),
    tenantId: NonEmpty.nullable().describe('Unique identifier of the tenant; `null` if nothing was adopted.'),
    deploymentId: NonEmpty.nullable().describe(
      "Identifier of the first deployment in the tenant's deployment history; `null` if nothing was adopted.",
    ),
    statements: BaselineSchema.shape.statements,
    findings: BaselineSchema.shape.findings,
  })
  .describe('Result of adopting an existing database as a tenant, without changing a row.');
export type BaselineResult = z.infer<typeof BaselineResultSchema>;
