import * as z from 'zod';

export const DeployStatusEnum = z
  .enum(['validating', 'diffing', 'migrating', 'registering', 'ready', 'failed'])
  .describe('Where a deployment stands; each but failed follows the one before it.');
export type DeployStatus = z.infer<typeof DeployStatusEnum>;
