import { PROTOCOL_VERSION, ProtocolVersionSchema, runSteps, type Steps } from '@objectstack/spec/shared';
import { BUNDLE_LIMITS, type DeployBundle, type DeployValidationResult } from '@objectstack/spec/system';
import { cachedCheck } from './cached-bundle.js';
import { type CanonicalBundle, canonicalizePlain } from './canonical-bundle.js';
import { copyPlainJsonSteps } from './copy-plain-json.js';
import { IssueLog } from './issue-log.js';
import { parseShape } from './parse-shape.js';
import { reportShape } from './report-shape.js';
import { createRuleContext } from './rule-context.js';
import { dropSystemFields } from './rules/check-system-fields.js';
import { reportUnknownKeys } from './rules/report-unknown-keys.js';
import { RULES } from './rules/rules.js';

export interface BundleCheck {
  readonly result: DeployValidationResult;
  /** The validated bundle; absent if it is not valid. */
  readonly bundle?: DeployBundle;
  /** Canonical bytes of the bundle that are stored; absent if it is not valid. */
  readonly canonical?: CanonicalBundle;
}

/**
 * Validates a bundle independently of a tenant. Never throws and never modifies its argument. Synchronous: a bundle at
 * the limits blocks the event loop for about a second.
 */
export function validateBundle(value: unknown): DeployValidationResult {
  return structuredClone(checkBundle(value).result);
}

/** Same as {@link validateBundle}, with the parsed bundle, frozen. */
export const checkBundle = (value: unknown): BundleCheck => runSteps(checkBundleSteps(value));

/** Like {@link validateBundle}, but yields between steps. */
export function* checkBundleSteps(value: unknown): Steps<BundleCheck> {
  const issues = new IssueLog();
  const plain = yield* copyPlainJsonSteps(value, issues);
  if (issues.errorCount > 0) return { result: issues.toResult() };
  return yield* cachedCheck(plain, () => checkPlain(plain, issues));
}

function* checkPlain(plain: unknown, issues: IssueLog): Steps<BundleCheck> {
  const bundle = yield* readBundle(plain, issues);
  if (!bundle) return { result: issues.toResult() };
  const context = yield* createRuleContext(bundle, issues);
  for (const check of RULES) yield* check(context) ?? [];
  if (issues.errorCount > 0) return { result: issues.toResult() };
  dropSystemFields(bundle);
  // `$schema` describes the file that contained the bundle.
  delete bundle.$schema;
  return yield* seal(bundle, issues);
}

function* readBundle(plain: unknown, issues: IssueLog): Steps<DeployBundle | undefined> {
  if (isNewerProtocol(plain)) {
    const message = `The bundle requires a newer protocol version; this release supports ${PROTOCOL_VERSION}. Upgrade the packages.`;
    issues.error(['protocolVersion'], { code: 'unsupported_protocol_version', message });
    return undefined;
  }
  yield* reportUnknownKeys(plain, issues);
  const parsed = yield* parseShape(plain);
  if (parsed.bundle) return parsed.bundle;
  reportShape(parsed.issues, issues);
  return undefined;
}

function isNewerProtocol(plain: unknown): boolean {
  const version = (plain as { protocolVersion?: unknown } | null)?.protocolVersion;
  const parsed = ProtocolVersionSchema.safeParse(version);
  return parsed.success && Number(parsed.data) > Number(PROTOCOL_VERSION);
}

function* seal(bundle: DeployBundle, issues: IssueLog): Steps<BundleCheck> {
  const canonical = yield* canonicalizePlain(bundle);
  const { checksum } = bundle.manifest;
  if (checksum !== undefined && checksum !== canonical.checksum) {
    const message = 'The checksum does not match the content of the bundle. Remove it, or compute it again.';
    issues.error(['manifest', 'checksum'], { code: 'checksum_mismatch', message });
  }
  if (canonical.bytes.byteLength > BUNDLE_LIMITS.maxBytes) {
    issues.error([], {
      code: 'invalid_shape',
      message: `The bundle has more than ${BUNDLE_LIMITS.maxBytes} bytes. Split it or remove data.`,
    });
  }
  if (issues.errorCount > 0) return { result: issues.toResult() };
  return { result: issues.toResult(canonical.checksum), bundle, canonical };
}
