import { ObjectStackError } from '@objectstack/spec/shared';

/** Throws `configuration_incomplete`, whose details name the missing settings. */
export function assertComplete(subject: string, config: unknown, settings: readonly string[]): void {
  const given = (typeof config === 'object' && config !== null ? config : {}) as Record<string, unknown>;
  const missing = settings.filter((setting) => given[setting] === undefined || given[setting] === '');
  if (missing.length === 0) return;
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: `The configuration of ${subject} lacks: ${missing.join(', ')}.`,
    details: { missing },
  });
}
