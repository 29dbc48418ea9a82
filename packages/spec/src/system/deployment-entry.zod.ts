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
      'Version of the deployed bundle. Absent for a schema change without a bundle.',
    ),
    rollbackOf: NonEmpty.optional().describe(
      'Identifier of the deployment that this one rolled back. Absent if it is not a rollback.',
    ),
    rolledBackBy: NonEmpty.optional().describe(
      'Identifier of the deployment that rolled this one back. Absent if it was not rolled back.',
    ),
    isInEffect: z
      .boolean()
      .describe(
        'Whether the deployment is in effect: it deployed something and was not rolled back. A rollback is not in effect itself, unless it rolled back another rollback and thereby redid a deployment. The latest deployment in effect is the one that can be rolled back.',
      ),
    isRetained: z
      .boolean()
      .describe('Whether the data needed to roll back the deployment is still retained.'),
    appliedAt: z.iso.datetime().describe('Timestamp at which the plan was applied.'),
  })
  .describe("Entry of the deployment history in a tenant's database.");
export type DeploymentEntry = z.infer<typeof DeploymentEntrySchema>;
