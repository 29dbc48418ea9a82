import assert from 'node:assert/strict';
import type { TursoPlatformCapabilities } from '@objectstack/spec/contracts';
import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import { isSupported, type PlatformCapability, type PlatformCheck } from './platform-check.js';
import { type PlatformSubject, PlatformTrial } from './platform-trial.js';
import { TURSO_PLATFORM_CHECKS } from './turso-platform-checks.js';

export type { PlatformSubject, PlatformTestDatabase } from './platform-trial.js';

export interface TursoPlatformSuiteOptions {
  /** Name of the platform, for the test titles. */
  readonly name: string;
  /** Declared capabilities of the platform; every test compares them with those of the created platform. */
  readonly supports: TursoPlatformCapabilities;
  /**
   * Creates a platform. It may have other databases, but must not change them during the tests. A platform that lists
   * databases in pages should have pages of fewer than 12.
   */
  readonly create: () => Promise<PlatformSubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a platform service, by id. The meaning of an id never changes. */
export const TURSO_PLATFORM_REQUIREMENTS: Readonly<Record<string, Requirement<PlatformCapability>>> =
  requirementsOf(TURSO_PLATFORM_CHECKS);

const DENIED = 'turso-platform/denied/';

function skipReason(
  supports: TursoPlatformCapabilities,
  id: string,
  { capabilities = [] }: PlatformCheck,
): string | undefined {
  if (id.startsWith(DENIED)) {
    const denied = id.slice(DENIED.length) as PlatformCapability;
    return isSupported(supports, denied) ? `the platform supports ${denied}` : undefined;
  }
  const missing = capabilities.find((capability) => !isSupported(supports, capability));
  return missing && `the platform does not support ${missing}`;
}

/** Runs a check with its own subject; the databases that it created are deleted afterwards. */
async function runCheck(
  { create, supports }: TursoPlatformSuiteOptions,
  check: PlatformCheck,
  calls: RecordedCalls,
): Promise<void> {
  const subject = await create();
  const trial = new PlatformTrial({ ...subject, platform: calls.record(subject.platform) });
  try {
    const { supports: actual } = subject.platform;
    assert.deepEqual(actual, supports, 'The capabilities of the platform differ from the declared ones.');
    await check.run(trial);
  } catch (error) {
    await trial.cleanUp().catch(() => undefined);
    throw error;
  }
  await trial.cleanUp();
}

/**
 * Tests a platform service against its contract: one test for each of {@link TURSO_PLATFORM_REQUIREMENTS}, titled by its
 * id. Tests of undeclared capabilities are skipped; instead, such calls must be rejected.
 */
export function describeTursoPlatformService(runner: TestRunner, options: TursoPlatformSuiteOptions): void {
  describeChecks(runner, {
    name: `platform service ${options.name}`,
    checks: TURSO_PLATFORM_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: (id, check) => skipReason(options.supports, id, check),
    anchorOf: (id) => `docs/conformance/turso-platform-service.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
