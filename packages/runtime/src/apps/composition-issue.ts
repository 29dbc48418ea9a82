import { type JsonPath, toJsonPointer } from '@objectstack/spec/shared';
import type { AppCompatibilityCode, AppCompatibilityIssue } from '@objectstack/spec/system';

/** A problem of one layer. Its path is within the manifest of the app, or within the bundle of the tenant. */
export interface CompositionIssue {
  /** Name of the app; absent for the tenant. */
  readonly app?: string;
  readonly code: AppCompatibilityCode;
  readonly path: JsonPath;
  readonly subject: string;
  readonly message: string;
  readonly suggestion?: string;
}

export const toAppIssue = (
  { code, path, subject, message, suggestion }: Omit<CompositionIssue, 'app'>,
  severity: AppCompatibilityIssue['severity'] = 'error',
): AppCompatibilityIssue => ({
  severity,
  code,
  subject,
  path: toJsonPointer(path),
  message,
  ...(suggestion !== undefined && { suggestion }),
});
