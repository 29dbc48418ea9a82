import * as z from 'zod';

export const DeployStatusEnum = z
  .enum(['validating', 'diffing', 'migrating', 'registering', 'ready', 'failed'])
  .describe(
    'Status of a deployment. validating: the bundle is validated; diffing: it is compared with the deployed metadata; migrating: the statements of the plan run; registering: seed data and the result are written; ready: it succeeded; failed: it ended with an error.',
  );
export type DeployStatus = z.infer<typeof DeployStatusEnum>;
