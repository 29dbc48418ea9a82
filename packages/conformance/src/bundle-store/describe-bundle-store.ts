import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { BundleStoreCheck } from './bundle-store-check.js';
import { BUNDLE_STORE_CHECKS } from './bundle-store-checks.js';
import { type BundleStoreSubject, BundleStoreTrial, SuiteClock } from './bundle-store-trial.js';

export type { BundleStoreSubject } from './bundle-store-trial.js';

export interface BundleStoreSuiteOptions {
  /** Name of the store, for the test titles. */
  readonly name: string;
  /**
   * Creates a store without bundles. It must determine by this clock when a bundle was used: the tests move the clock.
   */
  readonly create: (clock: { now(): Date }) => Promise<BundleStoreSubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a bundle store, by id. The meaning of an id never changes. */
export const BUNDLE_STORE_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(BUNDLE_STORE_CHECKS);

/** Runs a check with its own store, which is destroyed afterwards. */
async function runCheck(
  { create }: BundleStoreSuiteOptions,
  check: BundleStoreCheck,
  calls: RecordedCalls,
): Promise<void> {
  const clock = new SuiteClock();
  const subject = await create(clock);
  const recorded = {
    ...subject,
    store: calls.record(subject.store),
    open: async () => calls.record(await subject.open()),
  };
  try {
    await check.run(new BundleStoreTrial(recorded, clock));
  } finally {
    await subject.destroy?.();
  }
}

/**
 * Tests a bundle store against its contract: one test for each of {@link BUNDLE_STORE_REQUIREMENTS}, titled by its id.
 */
export function describeBundleStore(runner: TestRunner, options: BundleStoreSuiteOptions): void {
  describeChecks(runner, {
    name: `bundle store ${options.name}`,
    checks: BUNDLE_STORE_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/bundle-store.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
