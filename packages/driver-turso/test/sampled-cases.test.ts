import { describeSchemaDiffService, SCHEMA_DIFF_REQUIREMENTS } from '@objectstack/conformance';
import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { sampledCases } from './sampled-cases.js';

const IDS = Object.keys(SCHEMA_DIFF_REQUIREMENTS);
const groupOf = (id: string) => id.split('/')[1] ?? '';
const idOf = (title: string) => title.split(':')[0] ?? '';

/** The ids of the requirements that are tested, and of those that are skipped. */
function sample() {
  const [run, skipped]: [string[], string[]] = [[], []];
  const it = (title: string) => run.push(idOf(title));
  const skip = (title: string) => skipped.push(idOf(title));
  const runner = { describe: (_: string, body: () => void) => body(), it: Object.assign(it, { skip }) };
  const another = () => Promise.reject(new Error('No test is run.'));
  describeSchemaDiffService(sampledCases(runner), { name: 'nowhere', create: another, another });
  return { run, skipped };
}

describe('sampledCases', () => {
  it('runs or skips every requirement, and some of each group', () => {
    const { run, skipped } = sample();
    expect([...run, ...skipped].sort()).toEqual(IDS.toSorted());
    expect(new Set(run.map(groupOf))).toEqual(new Set(IDS.map(groupOf)));
  });

  it.skipIf(IS_EXHAUSTIVE)('skips cases of tables only, and is the same each time', () => {
    const { skipped } = sample();
    expect([...new Set(skipped.map(groupOf))].sort()).toEqual([
      'change',
      'keep',
      'names',
      'reach',
      'retype',
      'undo',
    ]);
    expect(sample().skipped).toEqual(skipped);
  });

  it.runIf(IS_EXHAUSTIVE)('skips nothing if tests are exhaustive', () => {
    expect(sample().skipped).toEqual([]);
  });
});
