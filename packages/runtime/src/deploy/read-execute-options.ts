import type { ExecuteDeploymentOptions } from '@objectstack/spec/contracts';
import { SeedEnvironmentEnum } from '@objectstack/spec/data';
import * as z from 'zod';
import { parseInput } from '../shared/parse-input.js';
import { readOptions } from '../shared/read-options.js';

const ExecuteOptionsSchema = z.object({
  allow: z.array(z.string()).optional(),
  environment: SeedEnvironmentEnum.optional(),
});

/** Reads the options of executing a plan once and validates them. Throws `invalid_request`. */
export function readExecuteOptions(given: ExecuteDeploymentOptions | undefined): ExecuteDeploymentOptions {
  const options = readOptions(given);
  parseInput(ExecuteOptionsSchema, options, 'options');
  return options;
}
