import type { TestRunner } from './test-runner.js';

/**
 * Runs a suite without a test runner and returns the ids of the failed requirements, as in `collectFailures((runner) =>
 * describeDataDriver(runner, options))`. Used to show that a suite detects faults.
 */
export async function collectFailures(
  describeSuite: (runner: TestRunner) => void,
  isRun: (id: string) => boolean = () => true,
): Promise<string[]> {
  const tests: { id: string; body: () => Promise<void> }[] = [];
  const it = (name: string, body: () => Promise<void>) => tests.push({ id: name.split(':')[0] ?? '', body });
  describeSuite({ describe: (_, body) => body(), it: Object.assign(it, { skip: () => undefined }) });
  const failed: string[] = [];
  for (const { id, body } of tests.filter((test) => isRun(test.id)))
    await body().catch(() => failed.push(id));
  return failed;
}
