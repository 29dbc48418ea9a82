import type { DoctorFinding } from '@objectstack/spec/system';
import { toCommandError } from '../frame/to-command-error.js';

/** The command for what no command solves: it is solved in a file, a variable or on a server, and checked again. */
export const AGAIN = 'objectstack doctor';

/** The finding about an error that a check met. */
export function fromError(check: DoctorFinding['check'], failure: unknown): DoctorFinding {
  const { error, next } = toCommandError(failure);
  const command = next.find((one) => one !== AGAIN) ?? AGAIN;
  return { severity: 'error', check, code: error.code, message: error.message, command };
}
