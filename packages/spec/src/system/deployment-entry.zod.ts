import * as z from 'zod';
import { ChecksumSchema, SemanticVersionSchema } from '../shared/names.zod.js';

const NonEmpty = z.string().min(1);

export const DeploymentEntrySchema = z
  .object({
    id: NonEmpty.describe('Unique identifier of the deployment.'),
    planHash: ChecksumSchema.describe('Hash of the plan that was applied.'),
    owner: NonEmpty.describe('Owner of the metadata that was deployed: tenant, or the id of an app.'),
    bundleChecksum: ChecksumSchema.optional().describe(
      'Checksum of the bundle that was deployed. Absent for a schema change without a bundle.',
    ),
    bundleVersion: SemanticVersionSchema.optional().describe(
      'Version of that bundle. Absent for a schema change without a bundle.',
    ),
    rollbackOf: NonEmpty.optional().describe('Deployment that this one rolled back. Absent: none.'),
    rolledBackBy: NonEmpty.optional().describe('Deployment that rolled this one back. Absent: none.'),
    isInEffect: z
      .boolean()
      .describe(
        'Whether the deployment is on the undo stack: it deployed something and was not rolled back. A rollback is not, unless it redid a deployment by undoing another rollback.',
      ),
    isRetained: z.boolean().describe('Whether the information needed to roll it back is still retained.'),
    appliedAt: z.iso.datetime().describe('Timestamp at which the plan was applied.'),
  })
  .describe('An entry of the deployment history in a tenant database.');
export type DeploymentEntry = z.infer<typeof DeploymentEntrySchema>;
