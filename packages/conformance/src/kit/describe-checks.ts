import assert from 'node:assert/strict';
import type { Requirement } from './check.js';
import { explainFailure } from './explain-failure.js';
import { RecordedCalls } from './recorded-calls.js';
import type { TestRunner } from './test-runner.js';

/** Longer than any check takes, and short enough to identify a check that hangs. */
const MOST_MS = 60_000;

export interface DescribeChecksOptions<AnyCheck extends Requirement> {
  readonly name: string;
  readonly checks: ReadonlyMap<string, AnyCheck>;
  /** Returns why a check does not apply, or undefined if it does. */
  readonly skipReason: (id: string, check: AnyCheck) => string | undefined;
  /** Reasons of known failures, by id. Such a check must fail, so that its entry is removed when it passes. */
  readonly knownFailures: Readonly<Record<string, string>>;
  /** Path and anchor of the documentation of a check, for its failure. */
  readonly anchorOf: (id: string) => string;
  /** Runs a check on its own subject, whose calls it records. */
  readonly run: (check: AnyCheck, calls: RecordedCalls) => Promise<void>;
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It did not end within ${MOST_MS / 1000} s.`)), MOST_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function mustFail(work: Promise<void>, reason: string): Promise<void> {
  const passed = await work.then(
    () => true,
    () => false,
  );
  if (passed) throw new Error(`It passes now. Remove it from the known failures (${reason}).`);
}

/** One test for each check, titled by its id and behavior. */
export function describeChecks<AnyCheck extends Requirement>(
  { describe, it }: TestRunner,
  { name, checks, skipReason, knownFailures, anchorOf, run }: DescribeChecksOptions<AnyCheck>,
): void {
  const unknown = Object.keys(knownFailures).filter((id) => !checks.has(id));
  assert.deepEqual(unknown, [], 'Known failures contain ids of requirements that do not exist.');
  const explained = async (id: string, check: AnyCheck) => {
    const calls = new RecordedCalls();
    try {
      await inTime(run(check, calls));
    } catch (error) {
      const { behavior } = check;
      throw explainFailure(error, { id, behavior, anchor: anchorOf(id), calls: calls.lines() });
    }
  };
  describe(name, () => {
    for (const [id, check] of checks) {
      const skipped = skipReason(id, check);
      const known = knownFailures[id];
      const title = `${id}: ${check.behavior}`;
      if (skipped !== undefined) it.skip(`${title} (skipped: ${skipped})`, async () => undefined);
      else if (known !== undefined)
        it(`${title} (known to fail: ${known})`, () => mustFail(explained(id, check), known));
      else it(title, () => explained(id, check));
    }
  });
}
