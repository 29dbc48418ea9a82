import { describeSchemaDiffService, type SchemaDiffSuiteOptions } from '@objectstack/conformance';

const PREFIX = 'schema-diff-service/';

/** Runs the suite under a runner of our own, and returns the ids of the tests that failed, without what they begin with. */
export async function collectFailures(
  options: SchemaDiffSuiteOptions,
  isRun: (id: string) => boolean,
): Promise<string[]> {
  const tests: { id: string; body: () => Promise<void> }[] = [];
  const it = (name: string, body: () => Promise<void>) =>
    tests.push({ id: (name.split(':')[0] ?? '').slice(PREFIX.length), body });
  describeSchemaDiffService(
    { describe: (_, body) => body(), it: Object.assign(it, { skip: () => undefined }) },
    options,
  );
  const failed: string[] = [];
  for (const { id, body } of tests.filter((test) => isRun(test.id)))
    await body().catch(() => failed.push(id));
  return failed;
}
