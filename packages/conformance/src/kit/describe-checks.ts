import assert from 'node:assert/strict';
import type { Requirement } from './check.js';
import type { TestRunner } from './test-runner.js';

/** Longer than anything takes, and short enough to say which check hangs. */
const MOST_MS = 60_000;

export interface DescribeChecksOptions<AnyCheck extends Requirement> {
  readonly name: string;
  readonly checks: ReadonlyMap<string, AnyCheck>;
  /** Why a check does not apply; undefined where it does. */
  readonly skipReason: (id: string, check: AnyCheck) => string | undefined;
  /** Reasons by id. Such a check must fail, so that the entry goes when the failure does. */
  readonly knownFailures: Readonly<Record<string, string>>;
  /** Runs a check on a subject of its own. */
  readonly run: (id: string, check: AnyCheck) => Promise<void>;
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
  if (passed) throw new Error(`It passes now: remove it from the known failures (${reason}).`);
}

/** One test for each check, titled by its id and what it demands. */
export function describeChecks<AnyCheck extends Requirement>(
  { describe, it }: TestRunner,
  { name, checks, skipReason, knownFailures, run }: DescribeChecksOptions<AnyCheck>,
): void {
  const unknown = Object.keys(knownFailures).filter((id) => !checks.has(id));
  assert.deepEqual(unknown, [], 'Known failures name requirements that do not exist.');
  describe(name, () => {
    for (const [id, check] of checks) {
      const skipped = skipReason(id, check);
      const known = knownFailures[id];
      const title = `${id}: ${check.behavior}`;
      if (skipped !== undefined) it.skip(`${title} (skipped: ${skipped})`, async () => undefined);
      else if (known !== undefined)
        it(`${title} (known to fail: ${known})`, () => mustFail(inTime(run(id, check)), known));
      else it(title, () => inTime(run(id, check)));
    }
  });
}
