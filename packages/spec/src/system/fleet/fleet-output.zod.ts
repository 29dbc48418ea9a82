import * as z from 'zod';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';
import { ProblemDetailsSchema } from '../../shared/problem-details.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);

export const FleetQueryLineSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    record: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Record of the tenant, by field name. Absent if the tenant could not be read.'),
    error: ProblemDetailsSchema.optional().describe(
      'Error that prevented the tenant from being read. Absent if it was read.',
    ),
  })
  .describe('Line of output of the command fleet query: one record, or one tenant that could not be read.');
export type FleetQueryLine = z.infer<typeof FleetQueryLineSchema>;

export const FleetAggregateOutputSchema = z
  .object({
    rows: z
      .array(z.record(z.string(), z.unknown()))
      .describe(
        'List of rows: one for each group, or a single one if the records are not grouped. A row contains the values of the grouping fields, by field name, and the aggregate values, by function and field: `count`, or for example `sum_total`.',
      ),
    tenants: Count.describe('Number of tenants whose records the rows include.'),
    failures: z
      .partialRecord(ErrorCodeEnum, Count)
      .describe('Number of tenants that could not be read, by error code.'),
  })
  .describe('Output of the command fleet aggregate.');
export type FleetAggregateOutput = z.infer<typeof FleetAggregateOutputSchema>;
