import { ObjectStackError } from '@objectstack/spec/shared';
import type { BundleLimits, DeployValidationCode, DeployValidationIssue } from '@objectstack/spec/system';
import type { TextPlace } from './text-lines.js';

/** Limits of a text apart from its size. */
export type TextLimits = Omit<BundleLimits, 'maxBytes'>;

interface TextProblem {
  readonly code: DeployValidationCode;
  /** Sentences without the place. Never contains a part of the text, except for keys. */
  readonly message: string;
  /** JSON Pointer to the value. */
  readonly path?: string;
  readonly place?: TextPlace;
}

/** Where an issue is, to be added to its message; empty for the whole text. */
export function placeText({
  path,
  line,
  column,
}: Pick<DeployValidationIssue, 'path' | 'line' | 'column'>): string {
  const parts = [
    ...(path === '' ? [] : [path]),
    ...(line === undefined ? [] : [`line ${line}, column ${column}`]),
  ];
  return parts.length === 0 ? '' : ` (at ${parts.join(', ')})`;
}

/** `invalid_bundle` with one finding: the text is malformed, or has content that a bundle cannot have. */
export function textFailure({ code, message, path = '', place }: TextProblem): ObjectStackError {
  const issue: DeployValidationIssue = { severity: 'error', path, code, message, ...place };
  return new ObjectStackError({
    code: 'invalid_bundle',
    message: `${message}${placeText(issue)}`,
    details: { path, issues: [issue] },
  });
}

/** `bundle_too_large`: the text exceeds a limit. */
export function limitFailure(limits: TextLimits, limit: keyof TextLimits, path = ''): ObjectStackError {
  return new ObjectStackError({
    code: 'bundle_too_large',
    message: `The bundle exceeds the limit ${limit} of ${limits[limit]}${placeText({ path })}. Split it or remove data.`,
    details: { limit, maximum: limits[limit], path },
  });
}
