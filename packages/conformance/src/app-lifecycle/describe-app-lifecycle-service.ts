import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { AppCheck } from './app-check.js';
import { APP_LIFECYCLE_CHECKS } from './app-lifecycle-checks.js';
import { AppTrial, type CreateAppServices } from './app-trial.js';
import { MemoryAppRegistry } from './memory-app-registry.js';

export type { AppLifecycleServiceSubject, CreateAppServices } from './app-trial.js';

export interface AppLifecycleServiceSuiteOptions {
  /** Name of the service, for the test titles. */
  readonly name: string;
  /**
   * Creates the services of a control plane, whose apps are resolved in the given registry. The databases may be shared
   * with earlier calls: each test creates its own tenants.
   */
  readonly create: CreateAppServices;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a service that installs apps, by id. The meaning of an id never changes. */
export const APP_LIFECYCLE_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(APP_LIFECYCLE_CHECKS);

async function runCheck(
  { create }: AppLifecycleServiceSuiteOptions,
  check: AppCheck,
  calls: RecordedCalls,
): Promise<void> {
  const registry = new MemoryAppRegistry();
  const subject = await create(registry);
  try {
    await check.run(new AppTrial({ ...subject, apps: calls.record(subject.apps) }, registry));
  } finally {
    await subject.destroy?.();
  }
}

/**
 * Tests a service that installs apps against its contracts, `IAppLifecycleService` and `IAppService`: one test for each of
 * {@link APP_LIFECYCLE_REQUIREMENTS}, titled by its id.
 */
export function describeAppLifecycleService(
  runner: TestRunner,
  options: AppLifecycleServiceSuiteOptions,
): void {
  describeChecks(runner, {
    name: `app lifecycle service ${options.name}`,
    checks: APP_LIFECYCLE_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/app-lifecycle-service.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
