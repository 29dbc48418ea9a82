import * as z from 'zod';

export const DeployStatusEnum = z
  .enum(['validating', 'diffing', 'migrating', 'registering', 'ready', 'failed'])
  .describe(
    'Status of a deployment. validating: the bundle is being validated; diffing: the bundle is being compared with the deployed metadata; migrating: the statements of the plan are being executed; registering: seed data and the result are being written; ready: the deployment succeeded; failed: the deployment failed.',
  );
export type DeployStatus = z.infer<typeof DeployStatusEnum>;
