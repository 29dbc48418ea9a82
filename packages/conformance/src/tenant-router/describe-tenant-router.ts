import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { RouterCheck } from './router-check.js';
import { RouterTrial, type TenantRouterSubject } from './router-trial.js';
import { TENANT_ROUTER_CHECKS } from './tenant-router-checks.js';

export { ROUTER_SUITE_RESOLVER, type RouterProcess, type TenantRouterSubject } from './router-trial.js';

export interface TenantRouterSuiteOptions {
  /** Name of the router, for the test titles. */
  readonly name: string;
  /** Creates a control plane without tenants, whose routers have the configuration {@link ROUTER_SUITE_RESOLVER}. */
  readonly create: () => Promise<TenantRouterSubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a tenant router, by id. The meaning of an id never changes. */
export const TENANT_ROUTER_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(TENANT_ROUTER_CHECKS);

/** Runs a check with its own control plane and releases it afterwards. */
async function runCheck(
  { create }: TenantRouterSuiteOptions,
  check: RouterCheck,
  calls: RecordedCalls,
): Promise<void> {
  const subject = await create();
  try {
    await check.run(new RouterTrial({ ...subject, router: calls.record(subject.router) }));
  } finally {
    await subject.destroy?.();
  }
}

/**
 * Tests a tenant router against its contract: one test for each of {@link TENANT_ROUTER_REQUIREMENTS}, titled by its id.
 */
export function describeTenantRouter(runner: TestRunner, options: TenantRouterSuiteOptions): void {
  describeChecks(runner, {
    name: `tenant router ${options.name}`,
    checks: TENANT_ROUTER_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/tenant-router.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
