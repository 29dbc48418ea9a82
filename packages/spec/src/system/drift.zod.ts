import * as z from 'zod';

const NonEmpty = z.string().min(1);

/** Every drift code with its meaning. */
export const DRIFT_CODES = {
  DR701: 'An unmanaged object exists.',
  DR702: 'A managed table, column or index was changed or removed outside of a deployment.',
} as const;

export const DriftCodeEnum = z
  .enum(Object.keys(DRIFT_CODES) as [keyof typeof DRIFT_CODES, ...(keyof typeof DRIFT_CODES)[]])
  .describe(
    'Stable code of a drift: a difference between the live schema and the deployed one. DR701: an unmanaged object exists; DR702: a managed table, column or index was changed or removed.',
  );
export type DriftCode = z.infer<typeof DriftCodeEnum>;

export const DriftSchema = z
  .object({
    code: DriftCodeEnum,
    kind: z
      .enum(['table', 'view', 'column', 'index', 'trigger'])
      .describe(
        'Kind of database object that differs. A foreign key is reported as its column, a table constraint as its table.',
      ),
    table: NonEmpty.describe(
      'Name of the table that contains the database object, or of the SQL view itself.',
    ),
    name: NonEmpty.describe('Name of the database object that differs.'),
    statements: z
      .array(NonEmpty)
      .describe(
        'List of SQL statements that would create the difference in a database with the deployed schema.',
      ),
  })
  .describe('Difference between the live schema of a database and the deployed schema.');
export type Drift = z.infer<typeof DriftSchema>;

export const PlannedDriftSchema = z
  .object({
    ...DriftSchema.shape,
    outcome: z
      .enum(['unchanged', 'recreated'])
      .describe(
        'Effect of the plan on the database object. unchanged: the plan does not affect it; recreated: the plan drops it together with a table that is rebuilt, and creates it again.',
      ),
  })
  .describe('Drift, and the effect of the migration plan on it.');
export type PlannedDrift = z.infer<typeof PlannedDriftSchema>;
