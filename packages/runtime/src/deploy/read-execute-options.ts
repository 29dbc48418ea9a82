import type { ExecuteDeploymentOptions } from '@objectstack/spec/contracts';
import { SeedEnvironmentEnum } from '@objectstack/spec/data';
import * as z from 'zod';
import { readValidOptions } from '../shared/read-valid-options.js';

const ExecuteOptionsSchema = z.object({
  allow: z.array(z.string()).optional(),
  environment: SeedEnvironmentEnum.optional(),
});

/** Reads the options of executing a plan once and validates them. Throws `invalid_request`. */
export const readExecuteOptions = (given: ExecuteDeploymentOptions | undefined): ExecuteDeploymentOptions =>
  readValidOptions(ExecuteOptionsSchema, given);
