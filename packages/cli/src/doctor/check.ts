import type { DoctorFinding } from '@objectstack/spec/system';
import type { CommandContext } from '../frame/command-context.js';

/** One of the checks of the command doctor. Changes nothing. */
export type Check = (context: CommandContext) => Promise<DoctorFinding[]>;
