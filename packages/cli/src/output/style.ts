import pc from 'picocolors';
import type { Environment } from '../frame/environment.js';

/** Colors and measures of output for people. */
export interface Style extends ReturnType<typeof pc.createColors> {
  /** Maximum width of a line in characters; absent if nothing limits it. */
  readonly columns?: number | undefined;
}

/** Whether colors are used: `NO_COLOR` and `FORCE_COLOR` override what the terminal supports. */
function hasColors({ variables, isTerminal }: Pick<Environment, 'variables' | 'isTerminal'>): boolean {
  if (variables.NO_COLOR) return false;
  if (variables.FORCE_COLOR) return variables.FORCE_COLOR !== '0';
  return isTerminal && variables.TERM !== 'dumb';
}

export function createStyle(environment: Environment): Style {
  const { columns, isTerminal } = environment;
  return { ...pc.createColors(hasColors(environment)), columns: isTerminal ? columns : undefined };
}
