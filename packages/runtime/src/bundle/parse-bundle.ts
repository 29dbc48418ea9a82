import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import {
  BUNDLE_LIMITS,
  type BundleLimits,
  type DeployBundle,
  type DeployValidationIssue,
} from '@objectstack/spec/system';
import { scanJson } from './scan-json.js';
import { checkBundle } from './validate-bundle.js';

/**
 * Parses a bundle from JSON text. Throws `bundle_too_large`, `unsupported_protocol_version`, or `invalid_bundle` with
 * the findings in `details.issues`.
 */
export function parseBundle(text: string | Uint8Array, limits: BundleLimits = BUNDLE_LIMITS): DeployBundle {
  assertText(text);
  checkSize(text, limits.maxBytes);
  const json = typeof text === 'string' ? text.replace(/^\ufeff/, '') : decode(text);
  scanJson(json, limits);
  const { bundle, result } = checkBundle(JSON.parse(json));
  if (bundle) return structuredClone(bundle);
  throw refusal(
    result.issues.filter((issue) => issue.severity === 'error'),
    result.errorCount,
  );
}

function assertText(text: unknown): void {
  if (typeof text === 'string' || ArrayBuffer.isView(text)) return;
  const message = 'The bundle is neither a string nor a Uint8Array.';
  throw refusal([{ severity: 'error', path: '', code: 'not_json', message }], 1);
}

function checkSize(text: string | Uint8Array, maximum: number): void {
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
  if (bytes <= maximum) return;
  throw new ObjectStackError({
    code: 'bundle_too_large',
    message: `The bundle has ${bytes} bytes; at most ${maximum} are allowed. Split it or remove data.`,
    details: { limit: 'maxBytes', maximum, path: '' },
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refusal(
      [
        {
          severity: 'error',
          path: '',
          code: 'not_json',
          message: 'The bytes of the bundle are not valid UTF-8. Encode the text as UTF-8.',
        },
      ],
      1,
    );
  }
}

function refusal(issues: DeployValidationIssue[], errorCount: number): ObjectStackError {
  const first = issues[0];
  const isNewer = first?.code === 'unsupported_protocol_version';
  const code: ErrorCode = isNewer ? 'unsupported_protocol_version' : 'invalid_bundle';
  const more = errorCount > 1 ? ` (and ${errorCount - 1} more)` : '';
  return new ObjectStackError({
    code,
    message: `${first?.message ?? 'The bundle is not valid.'}${more}`,
    details: { path: first?.path ?? '', issues },
  });
}
