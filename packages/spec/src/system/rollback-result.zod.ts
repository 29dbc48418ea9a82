import * as z from 'zod';
import { DeployResultSchema } from './deploy-result.zod.js';
import { PreflightFindingSchema } from './migration-plan.zod.js';

const NonEmpty = z.string().min(1);

export const RollbackResultSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    rollbackOf: NonEmpty.describe('Identifier of the deployment that the caller asked to roll back.'),
    deploymentId: NonEmpty.describe('Identifier of the deployment that performed the rollback.'),
    outcome: z
      .enum(['applied', 'already_applied'])
      .describe(
        'Outcome of the call. applied: this call rolled the deployment back; already_applied: an earlier call did.',
      ),
    findings: z
      .array(
        z.object({
          ...PreflightFindingSchema.shape,
          explanation: z.string().describe('Description of the affected records and the reason.'),
        }),
      )
      .describe(
        'List of what could not be restored exactly, and why, in all rollbacks of the call. Empty if everything was restored, or if the rollback was applied by an earlier call and its findings are no longer stored.',
      ),
    rollbacks: z
      .array(DeployResultSchema)
      .min(1)
      .describe(
        'List of the results of the rollbacks, in the order of execution: one for each deployment that the call rolled back; the last one is that of the requested deployment.',
      ),
  })
  .describe('Result of rolling a deployment back.');
export type RollbackResult = z.infer<typeof RollbackResultSchema>;
