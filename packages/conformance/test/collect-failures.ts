import { type DataDriverSuiteOptions, describeDataDriver } from '../src/data-driver/describe-data-driver.js';

/** Runs the suite under a runner of our own, and returns the ids of the tests that failed. */
export async function collectFailures(
  options: DataDriverSuiteOptions,
  isRun: (id: string) => boolean,
): Promise<string[]> {
  const tests: { id: string; body: () => Promise<void> }[] = [];
  const it = (name: string, body: () => Promise<void>) => tests.push({ id: name.split(':')[0] ?? '', body });
  describeDataDriver(
    { describe: (_, body) => body(), it: Object.assign(it, { skip: () => undefined }) },
    options,
  );
  const failed: string[] = [];
  for (const { id, body } of tests.filter((test) => isRun(test.id)))
    await body().catch(() => failed.push(id));
  return failed;
}
