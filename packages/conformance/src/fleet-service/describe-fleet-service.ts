import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { FleetCheck } from './fleet-check.js';
import { FLEET_SERVICE_CHECKS } from './fleet-service-checks.js';
import { type FleetServiceSubject, FleetTrial } from './fleet-trial.js';

export type { FleetProcess, FleetServiceSubject } from './fleet-trial.js';

export interface FleetServiceSuiteOptions {
  /** Name of the service, for the test titles. */
  readonly name: string;
  /** Creates a control plane without tenants. */
  readonly create: () => Promise<FleetServiceSubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a fleet service, by id. The meaning of an id never changes. */
export const FLEET_SERVICE_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(FLEET_SERVICE_CHECKS);

/** Runs a check with its own control plane and releases it afterwards. */
async function runCheck(
  { create }: FleetServiceSuiteOptions,
  check: FleetCheck,
  calls: RecordedCalls,
): Promise<void> {
  const subject = await create();
  try {
    await check.run(new FleetTrial({ ...subject, fleet: calls.record(subject.fleet) }));
  } finally {
    await subject.destroy?.();
  }
}

/**
 * Tests a fleet service against its contract: one test for each of {@link FLEET_SERVICE_REQUIREMENTS}, titled by its id.
 */
export function describeFleetService(runner: TestRunner, options: FleetServiceSuiteOptions): void {
  describeChecks(runner, {
    name: `fleet service ${options.name}`,
    checks: FLEET_SERVICE_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/fleet-service.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
