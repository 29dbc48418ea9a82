import * as z from 'zod';
import { ChecksumSchema } from '../shared/names.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);

/** Every code of a baseline finding with its meaning. */
export const BASELINE_FINDING_CODES = {
  column_differs: 'A column is declared differently from the column of its field.',
  column_missing: 'The table has no column for a stored field.',
  duplicate_values: 'Rows share the values of a field or index that the object declares unique.',
  index_created: 'A declared index does not exist, so the adoption creates it.',
  index_differs: 'An index has the name of a declared index, but another definition.',
  invalid_value: 'Rows contain values that the field cannot store.',
  missing_reference: 'Rows refer to rows that do not exist.',
  required_column: 'The table has a column without a field that requires a value for each new row.',
  rule_violation: 'Rows violate a rule of the field that applies to new values only.',
  seed_data: 'The bundle contains seed data, which an adoption does not write.',
  system_column: 'A column id, created_at or updated_at is missing or declared differently.',
  table_constraint: 'The table has a constraint or option that the table of an object does not have.',
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
      'Name of the field, column, index or trigger. Absent if the finding is about the whole object.',
    ),
    message: NonEmpty.describe('Description of what was found and of what was expected.'),
    rows: Count.optional().describe('Number of affected rows. Absent if the finding is not about rows.'),
    samples: z
      .array(z.string())
      .optional()
      .describe('List of ids of some affected rows. Absent if the finding is not about rows.'),
    next: NonEmpty.optional().describe('What to do about the finding. Absent if nothing needs to be done.'),
  })
  .describe('Difference between an existing database and the objects with which it is to be adopted.');
export type BaselineFinding = z.infer<typeof BaselineFindingSchema>;

export const BaselineSchema = z
  .object({
    isAdoptable: z.boolean().describe('Whether the database can be adopted: no finding is an error.'),
    planHash: ChecksumSchema.describe(
      'Hash of the adoption, stored in the deployment history. It covers the schema before and after, and the bundle.',
    ),
    statements: z
      .array(NonEmpty)
      .describe('List of SQL statements that create the missing indexes. No statement changes a row.'),
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
      'Identifier of the deployment with which the history begins; `null` if nothing was adopted.',
    ),
    statements: BaselineSchema.shape.statements,
    findings: BaselineSchema.shape.findings,
  })
  .describe('Result of adopting an existing database as a tenant, without changing a row.');
export type BaselineResult = z.infer<typeof BaselineResultSchema>;
