import type { Requirement } from '../kit/check.js';
import { describeChecks } from '../kit/describe-checks.js';
import { checksById, requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import { OPEN_CHECKS } from './open-checks.js';
import { SEAL_CHECKS } from './seal-checks.js';
import type { SealerCheck, SecretSealerSubject } from './sealer-trial.js';

export type { SecretSealerSubject } from './sealer-trial.js';

export interface SecretSealerSuiteOptions {
  /** Name of the sealer, for the test titles. */
  readonly name: string;
  /** Creates a sealer with a key of its own. */
  readonly create: () => Promise<SecretSealerSubject>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

const CHECKS = checksById<SealerCheck>('secret-sealer', { seal: SEAL_CHECKS, open: OPEN_CHECKS });

/** Requirements of a secret sealer, by id. The meaning of an id never changes. */
export const SECRET_SEALER_REQUIREMENTS: Readonly<Record<string, Requirement>> = requirementsOf(CHECKS);

/** Runs a check with its own sealer. Its calls are not recorded, because they contain the secret. */
async function runCheck({ create }: SecretSealerSuiteOptions, check: SealerCheck): Promise<void> {
  const subject = await create();
  try {
    await check.run(subject);
  } finally {
    await subject.destroy?.();
  }
}

/**
 * Tests a secret sealer against its contract: one test for each of {@link SECRET_SEALER_REQUIREMENTS}, titled by its id.
 */
export function describeSecretSealer(runner: TestRunner, options: SecretSealerSuiteOptions): void {
  describeChecks(runner, {
    name: `secret sealer ${options.name}`,
    checks: CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: () => undefined,
    anchorOf: (id) => `docs/conformance/secret-sealer.md#${id.split('/')[1] ?? ''}`,
    run: (check) => runCheck(options, check),
  });
}
