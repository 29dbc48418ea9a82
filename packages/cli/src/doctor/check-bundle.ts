import { validateBundle } from '@objectstack/runtime';
import type { CommandContext } from '../frame/command-context.js';
import { counted } from '../output/counted.js';
import type { Check } from './check.js';
import { fromError } from './from-error.js';

/** A project without a bundle is complete: tenants can be managed without one. */
export const checkBundle: Check = async (context) => {
  let project: Awaited<ReturnType<CommandContext['project']>>;
  try {
    project = await context.project();
  } catch (failure) {
    return [{ ...fromError('bundle', failure), severity: 'warning' }];
  }
  const { valid, errorCount } = validateBundle(project.value);
  if (valid) return [];
  const message = `The bundle has ${counted(errorCount, 'error')}, so it cannot be deployed.`;
  return [
    { severity: 'error', check: 'bundle', code: 'invalid_bundle', message, command: 'objectstack validate' },
  ];
};
