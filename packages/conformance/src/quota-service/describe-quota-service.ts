import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { QuotaCheck } from './quota-check.js';
import { QUOTA_SERVICE_CHECKS } from './quota-service-checks.js';
import { type QuotaServiceSubject, QuotaTrial } from './quota-trial.js';

export type { QuotaProcess, QuotaServiceSubject } from './quota-trial.js';

export interface QuotaServiceSuiteOptions {
  /** Name of the service, for the test titles. */
  readonly name: string;
  /** Creates a control plane without tenants, whose plan `enterprise` has no quotas. */
  readonly create: () => Promise<QuotaServiceSubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a quota service, by id. The meaning of an id never changes. */
export const QUOTA_SERVICE_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(QUOTA_SERVICE_CHECKS);

/** Runs a check with its own control plane and releases it afterwards. */
async function runCheck(
  { create }: QuotaServiceSuiteOptions,
  check: QuotaCheck,
  calls: RecordedCalls,
): Promise<void> {
  const subject = await create();
  try {
    await check.run(new QuotaTrial({ ...subject, quotas: calls.record(subject.quotas) }));
  } finally {
    await subject.destroy?.();
  }
}

/**
 * Tests a quota service against its contract: one test for each of {@link QUOTA_SERVICE_REQUIREMENTS}, titled by its id.
 */
export function describeQuotaService(runner: TestRunner, options: QuotaServiceSuiteOptions): void {
  describeChecks(runner, {
    name: `quota service ${options.name}`,
    checks: QUOTA_SERVICE_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/quota-service.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
