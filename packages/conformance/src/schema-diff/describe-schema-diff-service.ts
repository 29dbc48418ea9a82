import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Requirement } from '../kit/check.js';
import { createOnce, type Once } from '../kit/create-once.js';
import { describeChecks } from '../kit/describe-checks.js';
import type { RecordedCalls } from '../kit/recorded-calls.js';
import { requirementsOf } from '../kit/requirements.js';
import type { TestRunner } from '../kit/test-runner.js';
import type { SchemaDiffCheck } from './schema-diff-check.js';
import { SCHEMA_DIFF_CHECKS } from './schema-diff-checks.js';
import { type SchemaDiffSubject, SchemaDiffTrial } from './schema-diff-trial.js';

export type { SchemaDiffSubject } from './schema-diff-trial.js';

export interface SchemaDiffSuiteOptions {
  /** Name of the service and location of its database, for the test titles. */
  readonly name: string;
  /** Creates a service and a connected driver on a new, empty database. */
  readonly create: () => Promise<SchemaDiffSubject>;
  /** Creates another connected driver on the database of the given one. If absent, a database has only one driver. */
  readonly another?: (driver: IDataDriver) => Promise<IDataDriver>;
  /** Reasons of known failures, by requirement id. Such a test must fail; once it passes, its entry must be removed. */
  readonly knownFailures?: Readonly<Record<string, string>>;
}

/** Requirements of a schema diff service, by id. The meaning of an id never changes. */
export const SCHEMA_DIFF_REQUIREMENTS: Readonly<Record<string, Requirement>> =
  requirementsOf(SCHEMA_DIFF_CHECKS);

/** Runs a check with its own subjects and releases them afterwards. */
async function runCheck(
  { create, another }: SchemaDiffSuiteOptions,
  check: SchemaDiffCheck,
  once: Once,
  calls: RecordedCalls,
): Promise<void> {
  const made: SchemaDiffSubject[] = [];
  const opened: IDataDriver[] = [];
  const fresh = async (): Promise<SchemaDiffTrial> => {
    const subject = await create();
    made.push(subject);
    const recorded = { ...subject, service: calls.record(subject.service) };
    const openAnother = async () => {
      const other = (await another?.(subject.driver)) ?? assert.fail('A database has only one driver.');
      opened.push(other);
      return other;
    };
    return new SchemaDiffTrial(recorded, { fresh, another: openAnother, once });
  };
  try {
    await check.run(await fresh());
  } finally {
    for (const driver of opened) await driver.disconnect();
    for (const { destroy } of made) await destroy?.();
  }
}

/**
 * Tests a schema diff service against its contract on SQLite: one test for each of {@link SCHEMA_DIFF_REQUIREMENTS},
 * titled by its id.
 */
export function describeSchemaDiffService(runner: TestRunner, options: SchemaDiffSuiteOptions): void {
  const once = createOnce();
  describeChecks(runner, {
    name: `schema diff service ${options.name}`,
    checks: SCHEMA_DIFF_CHECKS,
    knownFailures: options.knownFailures ?? {},
    skipReason: (_, { needsAnother }) =>
      needsAnother && !options.another ? 'a database has only one driver' : undefined,
    anchorOf: (id) => `docs/conformance/schema-diff-service.md#${id.split('/')[1] ?? ''}`,
    run: (check, calls) => runCheck(options, check, once, calls),
  });
}
