import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { ProvisioningCheck } from './provisioning-check.js';
import { PROVISIONING_SERVICE_CHECKS } from './provisioning-service-checks.js';
import { type ProvisioningServiceSubject, ProvisioningTrial } from './provisioning-trial.js';

export type { ProvisioningProcess, ProvisioningServiceSubject } from './provisioning-trial.js';

export interface ProvisioningServiceSuiteOptions {
  /** Name of the service, for the test titles. */
  readonly name: string;
  /** Creates a control plane without tenants. */
  readonly create: () => Promise<ProvisioningServiceSubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a provisioning service, by id. The meaning of an id never changes. */
export const PROVISIONING_SERVICE_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(PROVISIONING_SERVICE_CHECKS);

/** Runs a check with its own control plane and releases it afterwards. */
async function runCheck(
  { create }: ProvisioningServiceSuiteOptions,
  check: ProvisioningCheck,
  calls: RecordedCalls,
): Promise<void> {
  const subject = await create();
  try {
    await check.run(new ProvisioningTrial({ ...subject, provisioning: calls.record(subject.provisioning) }));
  } finally {
    await subject.destroy?.();
  }
}

/**
 * Tests a provisioning service against its contract: one test for each of {@link PROVISIONING_SERVICE_REQUIREMENTS}, titled by its id.
 */
export function describeProvisioningService(
  runner: TestRunner,
  options: ProvisioningServiceSuiteOptions,
): void {
  describeChecks(runner, {
    name: `provisioning service ${options.name}`,
    checks: PROVISIONING_SERVICE_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/provisioning-service.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
