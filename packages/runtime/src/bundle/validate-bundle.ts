import type { CallOptions, ValidateBundleOptions } from '@objectstack/spec/contracts';
import { PROTOCOL_VERSION, ProtocolVersionSchema, runSteps, type Steps } from '@objectstack/spec/shared';
import {
  BUNDLE_LIMITS,
  type DeployBundle,
  type DeployValidationResult,
  TENANT_PLAN_QUOTAS,
} from '@objectstack/spec/system';
import { readOptions } from '../shared/read-options.js';
import { cachedCheck } from './cached-bundle.js';
import { type CanonicalBundle, canonicalizePlain } from './canonical-bundle.js';
import { copyPlainJsonSteps } from './copy-plain-json.js';
import { IssueLog } from './issue-log.js';
import { parseShape } from './parse-shape.js';
import { reportShape } from './report-shape.js';
import { createRuleContext } from './rule-context.js';
import { dropSystemFields } from './rules/check-system-fields.js';
import { reportUnknownMetadata } from './rules/report-unknown-metadata.js';
import { RULES } from './rules/rules.js';
import { type SalvagedBundle, salvageBundle } from './salvage-bundle.js';
import { readTenantPlan, validateForPlan } from './validate-for-plan.js';

export interface BundleCheck {
  readonly result: DeployValidationResult;
  /** Number of objects in the bundle; absent if it cannot be read. */
  readonly objectCount?: number;
  /** The validated bundle; absent if it is not valid. */
  readonly bundle?: DeployBundle;
  /** Canonical bytes of the bundle that are stored; absent if it is not valid. */
  readonly canonical?: CanonicalBundle;
}

/**
 * Validates a bundle in one pass: errors of its shape, and errors of the rules in every part of the right shape.
 * Independent of a tenant; with a subscription plan, also against its quotas. Never modifies the
 * bundle, and throws only `invalid_request`, for invalid options. Synchronous: a bundle at the limits blocks the event
 * loop for about a second.
 */
export function validateBundle(
  value: unknown,
  options?: Pick<ValidateBundleOptions, 'plan'>,
): DeployValidationResult {
  const plan = readTenantPlan(readOptions<ValidateBundleOptions & CallOptions>(options).plan);
  return validateForPlan(checkBundle(value), plan && TENANT_PLAN_QUOTAS[plan]);
}

/** Same as {@link validateBundle}, with the parsed bundle, frozen. */
export const checkBundle = (value: unknown): BundleCheck => runSteps(checkBundleSteps(value));

export interface CheckOptions {
  /** Whether the bundle is composed of layers, so that it contains names of apps. */
  readonly isComposed?: boolean;
}

/** Like {@link validateBundle}, but yields between steps. */
export function* checkBundleSteps(value: unknown, options: CheckOptions = {}): Steps<BundleCheck> {
  const issues = new IssueLog();
  const plain = yield* copyPlainJsonSteps(value, issues);
  if (issues.errorCount > 0) return { result: issues.toResult() };
  const { isComposed = false } = options;
  return yield* cachedCheck(plain, () => checkPlain(plain, issues, isComposed), isComposed);
}

function* checkPlain(plain: unknown, issues: IssueLog, isComposed: boolean): Steps<BundleCheck> {
  const salvaged = yield* readBundle(plain, issues);
  if (!salvaged) return { result: issues.toResult() };
  const { bundle, holes } = salvaged;
  issues.ignoreWithin(holes);
  const context = yield* createRuleContext(salvaged, { issues, isComposed });
  for (const check of RULES) yield* check(context) ?? [];
  const objectCount = bundle.objects.length;
  if (issues.errorCount > 0) return { result: issues.toResult(), objectCount };
  dropSystemFields(bundle);
  // `$schema` describes the file that contained the bundle.
  delete bundle.$schema;
  return yield* seal(bundle, issues);
}

/** The parts of the bundle that have the right shape; undefined if there are none. */
function* readBundle(plain: unknown, issues: IssueLog): Steps<SalvagedBundle | undefined> {
  if (isNewerProtocol(plain)) {
    const message = `The bundle requires a newer protocol version; this release supports ${PROTOCOL_VERSION}. Upgrade the packages.`;
    issues.error(['protocolVersion'], { code: 'unsupported_protocol_version', message });
    return undefined;
  }
  const misspelled = yield* reportUnknownMetadata(plain, issues);
  const { bundle, issues: found } = yield* parseShape(plain);
  if (bundle) return { bundle, holes: [] };
  reportShape({ value: plain, found, misspelled }, issues);
  return yield* salvageBundle(
    plain,
    found.map(({ path }) => path),
  );
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
  const objectCount = bundle.objects.length;
  if (issues.errorCount > 0) return { result: issues.toResult(), objectCount };
  return { result: issues.toResult(canonical.checksum), objectCount, bundle, canonical };
}
