import type { RollbackDeploymentOptions } from '@objectstack/spec/contracts';
import { EXCEEDS_LOCK_BUDGET } from '@objectstack/spec/system';
import * as z from 'zod';
import { readValidOptions } from '../shared/read-valid-options.js';

const RollbackOptionsSchema = z.object({
  includeLater: z.boolean().optional(),
  // The changes of a rollback need no approval.
  allow: z.array(z.literal(EXCEEDS_LOCK_BUDGET)).optional(),
});

/** Reads the options of a rollback once and validates them. Throws `invalid_request`. */
export const readRollbackOptions = (
  given: RollbackDeploymentOptions | undefined,
): RollbackDeploymentOptions => readValidOptions(RollbackOptionsSchema, given);
