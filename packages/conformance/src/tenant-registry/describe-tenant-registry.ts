import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { RegistryCheck } from './registry-check.js';
import { RegistryTrial, type TenantRegistrySubject } from './registry-trial.js';
import { TENANT_REGISTRY_CHECKS } from './tenant-registry-checks.js';

export type { TenantRegistrySubject } from './registry-trial.js';

export interface TenantRegistrySuiteOptions {
  /** Name of the registry and location of its database, for the test titles. */
  readonly name: string;
  /** Creates a registry on a new, empty database. */
  readonly create: () => Promise<TenantRegistrySubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a tenant registry, by id. The meaning of an id never changes. */
export const TENANT_REGISTRY_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(TENANT_REGISTRY_CHECKS);

/** Runs a check with its own databases and releases them afterwards. */
async function runCheck(
  { create }: TenantRegistrySuiteOptions,
  check: RegistryCheck,
  calls: RecordedCalls,
): Promise<void> {
  const opened: ITenantRegistry[] = [];
  const subjects: TenantRegistrySubject[] = [];
  const keep = (registry: ITenantRegistry) => {
    opened.push(registry);
    return calls.record(registry);
  };
  const fresh = async (): Promise<TenantRegistrySubject> => {
    const subject = await create();
    subjects.push(subject);
    return { ...subject, registry: keep(subject.registry), open: async () => keep(await subject.open()) };
  };
  try {
    const { registry, open } = await fresh();
    await registry.initialize();
    await check.run(new RegistryTrial(registry, { fresh, another: open }));
  } finally {
    for (const registry of opened) await registry.close();
    for (const { destroy } of subjects) await destroy?.();
  }
}

/**
 * Tests a tenant registry against its contract: one test for each of {@link TENANT_REGISTRY_REQUIREMENTS}, titled by its
 * id.
 */
export function describeTenantRegistry(runner: TestRunner, options: TenantRegistrySuiteOptions): void {
  describeChecks(runner, {
    name: `tenant registry ${options.name}`,
    checks: TENANT_REGISTRY_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/tenant-registry.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, calls),
  });
}
