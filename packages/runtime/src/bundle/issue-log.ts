import { type JsonPath, toJsonPointer } from '@objectstack/spec/shared';
import type {
  DeployValidationCode,
  DeployValidationIssue,
  DeployValidationResult,
} from '@objectstack/spec/system';

/** Maximum number of issues that a result lists. All issues are counted. */
export const MAX_ISSUES = 1000;

const SEVERITIES = ['error', 'warning', 'info'] as const;
type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  readonly code: DeployValidationCode;
  readonly message: string;
  /** Returns the probable correction, which is added to the message. Called only for findings that are listed. */
  readonly suggest?: () => string | undefined;
}

/** A finding that is made only if it is listed. */
export type LazyFinding = Pick<Finding, 'code'> & { readonly explain: () => Omit<Finding, 'code'> };

/** Collects findings: counts all of them and stores the first ones of each severity. */
export class IssueLog {
  private readonly kept: Record<Severity, DeployValidationIssue[]> = { error: [], warning: [], info: [] };
  private readonly ignored = new Set<string>();
  private readonly counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };

  get errorCount(): number {
    return this.counts.error;
  }

  error(path: JsonPath, finding: Finding | LazyFinding): void {
    this.add('error', path, finding);
  }

  warning(path: JsonPath, finding: Finding | LazyFinding): void {
    this.add('warning', path, finding);
  }

  info(path: JsonPath, finding: Finding): void {
    this.add('info', path, finding);
  }

  /** Ignores later findings at these paths and within them, because these parts could not be parsed. */
  ignoreWithin(paths: readonly JsonPath[]): void {
    for (const path of paths) this.ignored.add(toJsonPointer(path));
  }

  /**
   * The result. If not all issues can be listed, errors take precedence over warnings; the listed ones are sorted by
   * path and code.
   */
  toResult(checksum?: string): DeployValidationResult {
    const issues = SEVERITIES.flatMap((severity) => this.kept[severity]).slice(0, MAX_ISSUES);
    return {
      valid: this.counts.error === 0,
      issues: issues.sort((a, b) => compare(a.path, b.path) || compare(a.code, b.code)),
      errorCount: this.counts.error,
      warningCount: this.counts.warning,
      ...(checksum !== undefined && { checksum }),
    };
  }

  private add(severity: Severity, path: JsonPath, finding: Finding | LazyFinding): void {
    if (this.isIgnored(path)) return;
    this.counts[severity] += 1;
    const kept = this.kept[severity];
    if (kept.length >= MAX_ISSUES) return;
    const { code } = finding;
    const { message, suggest } = 'explain' in finding ? finding.explain() : finding;
    const suggestion = suggest?.();
    const issue = { severity, path: toJsonPointer(path), code, message };
    if (suggestion === undefined) kept.push(issue);
    else kept.push({ ...issue, message: `${message} Did you mean \`${suggestion}\`?`, suggestion });
  }

  private isIgnored(path: JsonPath): boolean {
    if (this.ignored.size === 0) return false;
    return path.some((_, at) => this.ignored.has(toJsonPointer(path.slice(0, at + 1))));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
