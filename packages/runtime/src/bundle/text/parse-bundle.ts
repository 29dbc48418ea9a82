import type { CallOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { BundleLimits, DeployBundle, DeployValidationIssue } from '@objectstack/spec/system';
import { readOptions } from '../../shared/read-options.js';
import { invalidBundle } from '../invalid-bundle.js';
import { checkBundle } from '../validate-bundle.js';
import { type BundleFormat, parseDocument, type TextDocument } from './parse-document.js';

export interface ParseBundleOptions {
  /** Absent: JSON if the text starts with a bracket or a comment of JavaScript, or is empty, otherwise YAML. */
  readonly format?: BundleFormat;
  /** Absent: `BUNDLE_LIMITS`. */
  readonly limits?: BundleLimits;
}

/**
 * Parses a bundle from JSON or YAML text. YAML is the subset that JSON can express: no tags, aliases, directives and
 * several documents; dates are texts. Throws `bundle_too_large`, `unsupported_protocol_version`, or `invalid_bundle`
 * with the findings in `details.issues`, each with its path, line and column, or `invalid_request` for other options. YAML takes more than ten times as
 * long as JSON.
 */
export function parseBundle(text: string | Uint8Array, options: ParseBundleOptions = {}): DeployBundle {
  const document = parseDocument(text, readParseOptions(options));
  const { bundle, result } = checkBundle(document.value);
  if (bundle) return structuredClone(bundle);
  const errors = result.issues.filter((issue) => issue.severity === 'error');
  throw invalidBundle({ ...result, issues: withPlaces(errors, document) });
}

const FORMATS: readonly unknown[] = [undefined, 'json', 'yaml'] satisfies (BundleFormat | undefined)[];

function readParseOptions(options: ParseBundleOptions): Partial<ParseBundleOptions> {
  const read = readOptions<ParseBundleOptions & CallOptions>(options);
  if (FORMATS.includes(read.format)) return read;
  throw new ObjectStackError({ code: 'invalid_request', message: 'The option format must be json or yaml.' });
}

function withPlaces(
  issues: readonly DeployValidationIssue[],
  { placesOf }: TextDocument,
): DeployValidationIssue[] {
  const places = placesOf(issues.map(({ path }) => path));
  return issues.map((issue, index) => ({ ...issue, ...places[index] }));
}
