import * as z from 'zod';
import { NextCursorSchema } from '../shared/page.zod.js';
import { DeploymentRecordSchema } from './deploy-result.zod.js';

export const DeploymentPageSchema = z
  .object({
    items: z.array(DeploymentRecordSchema).describe('List of deployments, latest first.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of the deployments of a tenant.');
export type DeploymentPage = z.infer<typeof DeploymentPageSchema>;
