import * as z from 'zod';

const NonEmpty = z.string().min(1);

/** Every code of a difference between what was deployed and what is there. */
export const DRIFT_CODES = {
  DR701: 'Something is there that no deployment made.',
  DR702: 'A managed table, column or index was changed or removed outside of a deployment.',
} as const;

export const DriftCodeEnum = z
  .enum(Object.keys(DRIFT_CODES) as [keyof typeof DRIFT_CODES, ...(keyof typeof DRIFT_CODES)[]])
  .describe('Stable code of the difference.');
export type DriftCode = z.infer<typeof DriftCodeEnum>;

export const DriftSchema = z
  .object({
    code: DriftCodeEnum,
    kind: z
      .enum(['table', 'view', 'column', 'index', 'trigger'])
      .describe('What differs; a foreign key belongs to its column, a constraint to its table.'),
    table: NonEmpty.describe('Table that it is about, or the view itself.'),
    name: NonEmpty.describe('Name of what differs.'),
    statements: z
      .array(NonEmpty)
      .describe('Statements that would make the difference in a database as it was deployed.'),
  })
  .describe('A difference between a database and what was deployed to it.');
export type Drift = z.infer<typeof DriftSchema>;

export const PlannedDriftSchema = z
  .object({
    ...DriftSchema.shape,
    outcome: z
      .enum(['stays', 'made_again'])
      .describe(
        'stays: the plan does not touch it; made_again: it is dropped with a table that is rebuilt, and created again.',
      ),
  })
  .describe('A difference, and what a plan does about it.');
export type PlannedDrift = z.infer<typeof PlannedDriftSchema>;
