import { PROTOCOL_VERSION, ProtocolVersionSchema } from '@objectstack/spec/shared';
import {
  BUNDLE_LIMITS,
  type DeployBundle,
  DeployBundleSchema,
  type DeployValidationResult,
} from '@objectstack/spec/system';
import { type CanonicalBundle, canonicalizePlain } from './canonical-bundle.js';
import { IssueLog } from './issue-log.js';
import { checkOnce } from './known-bundles.js';
import { copyPlainJson } from './plain-json.js';
import { reportShape } from './report-shape.js';
import { createRuleContext } from './rule-context.js';
import { RULES } from './rules/index.js';
import { dropSystemFields } from './rules/system-fields.js';
import { reportUnknownKeys } from './rules/unknown-keys.js';

export interface BundleCheck {
  readonly result: DeployValidationResult;
  /** The validated bundle; absent when it is not valid. */
  readonly bundle?: DeployBundle;
  /** What is stored for it; absent when it is not valid. */
  readonly canonical?: CanonicalBundle;
}

/** Checks a bundle without a tenant. Never throws, and never changes what it is handed. */
export function validateBundle(value: unknown): DeployValidationResult {
  return structuredClone(checkBundle(value).result);
}

/** Same as {@link validateBundle}, with the bundle as it was understood, frozen, so that nobody parses it again. */
export function checkBundle(value: unknown): BundleCheck {
  const issues = new IssueLog();
  const plain = copyPlainJson(value, issues);
  if (issues.errorCount > 0) return { result: issues.toResult() };
  return checkOnce(plain, () => checkPlain(plain, issues));
}

function checkPlain(plain: unknown, issues: IssueLog): BundleCheck {
  const bundle = readBundle(plain, issues);
  if (!bundle) return { result: issues.toResult() };
  const context = createRuleContext(bundle, issues);
  for (const check of RULES) check(context);
  if (issues.errorCount > 0) return { result: issues.toResult() };
  dropSystemFields(bundle);
  // It is about the file that the bundle came in.
  delete bundle.$schema;
  return seal(bundle, issues);
}

function readBundle(plain: unknown, issues: IssueLog): DeployBundle | undefined {
  if (isNewerProtocol(plain)) {
    const message = `The bundle was written for a newer protocol than version ${PROTOCOL_VERSION}.`;
    issues.error(['protocolVersion'], { code: 'unsupported_protocol_version', message });
    return undefined;
  }
  reportUnknownKeys(plain, issues);
  const parsed = DeployBundleSchema.safeParse(plain);
  if (parsed.success) return parsed.data;
  reportShape(parsed.error, issues);
  return undefined;
}

function isNewerProtocol(plain: unknown): boolean {
  const version = (plain as { protocolVersion?: unknown } | null)?.protocolVersion;
  const parsed = ProtocolVersionSchema.safeParse(version);
  return parsed.success && Number(parsed.data) > Number(PROTOCOL_VERSION);
}

function seal(bundle: DeployBundle, issues: IssueLog): BundleCheck {
  const canonical = canonicalizePlain(bundle);
  const { checksum } = bundle.manifest;
  if (checksum !== undefined && checksum !== canonical.checksum) {
    const message = 'The checksum is not that of the bundle.';
    issues.error(['manifest', 'checksum'], { code: 'checksum_mismatch', message });
  }
  if (canonical.bytes.byteLength > BUNDLE_LIMITS.maxBytes) {
    issues.error([], {
      code: 'invalid_shape',
      message: `The bundle exceeds ${BUNDLE_LIMITS.maxBytes} bytes.`,
    });
  }
  if (issues.errorCount > 0) return { result: issues.toResult() };
  return { result: issues.toResult(canonical.checksum), bundle, canonical };
}
