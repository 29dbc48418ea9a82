import type { TestRunner } from '@objectstack/conformance';
import { isSampled } from '@objectstack/testing';

/** Groups of requirements that are one test for each case of a table; the same code judges every case. */
const TABLES =
  /^(schema-diff-service\/(change|reach|keep|undo|retype|names)|data-driver\/(not-connected|aborted|aborted-while-waiting|unknown-object|twice|concurrently|filter))\//;
/** One of so many cases; no divisor of the number of cases, so that each group has different ones. */
const EVERY = 8;

/**
 * A runner for databases whose statements are the same as in memory, and slower: it skips most cases of the tables unless
 * tests are exhaustive.
 */
export function sampledCases({ describe, it }: TestRunner): TestRunner {
  let cases = 0;
  const sampled = (title: string, body: () => Promise<void>) =>
    !TABLES.test(title) || isSampled(cases++, EVERY)
      ? it(title, body)
      : it.skip(`${title} (skipped: not in the sample)`, body);
  return { describe, it: Object.assign(sampled, { skip: it.skip }) };
}
