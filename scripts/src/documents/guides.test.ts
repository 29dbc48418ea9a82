import * as crypto from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as conformance from '@objectstack/conformance';
import * as driverTurso from '@objectstack/driver-turso';
import * as data from '@objectstack/spec/data';
import * as drivers from '@objectstack/spec/drivers';
import * as shared from '@objectstack/spec/shared';
import { isSampled } from '@objectstack/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './documents.js';
import { completeGroups, groupOf, linesOfCode, readGuide, runStep, type StepOutcome } from './guide-steps.js';

const GIVEN = {
  'node:crypto': crypto,
  '@objectstack/conformance': conformance,
  '@objectstack/driver-turso': driverTurso,
  '@objectstack/spec/data': data,
  '@objectstack/spec/drivers': drivers,
  '@objectstack/spec/shared': shared,
};

/** Random operations are shortened after a failure, which takes seconds: they run only once they pass. */
const RANDOM = 'model';

describe.each([
  ['docs/guides/writing-a-driver.md', { steps: 10, least: 440, mostLines: { 6: 150, 10: 320 } }],
  ['docs/guides/writing-a-platform.md', { steps: 1, least: 20, mostLines: undefined }],
  ['docs/guides/writing-a-registry.md', { steps: 1, least: undefined, mostLines: undefined }],
  ['docs/guides/writing-a-schema-diff-service.md', { steps: 1, least: undefined, mostLines: undefined }],
])('the guide %s', async (path, expected) => {
  const guide = readGuide(path, await readFile(join(ROOT, path), 'utf8'));
  const claimedUntil = (index: number) => guide.steps.slice(0, index + 1).flatMap(({ passes }) => passes);
  const outcomes = new Map<number, StepOutcome>();
  const last = guide.steps.length - 1;
  /** The last step, and the first of every ten, unless tests are exhaustive. */
  const isTried = (index: number) => index === last || isSampled(index, 10);

  beforeAll(async () => {
    for (const [index, step] of guide.steps.entries()) {
      if (!isTried(index)) continue;
      const isRun = (id: string) => groupOf(id) !== RANDOM || claimedUntil(index).includes(RANDOM);
      outcomes.set(index, await runStep(guide, step, { given: GIVEN, isRun }));
    }
  });

  it('has the expected number of steps, each with a file', () => {
    expect(guide.steps).toHaveLength(expected.steps);
    expect(guide.steps.filter(({ file, passes }) => file === '' || passes.length === 0)).toEqual([]);
  });

  it.runIf(expected.mostLines)('builds it in few lines', () => {
    for (const [steps, most] of Object.entries(expected.mostLines ?? {}))
      expect(linesOfCode(guide, Number(steps)), `the first ${steps} steps`).toBeLessThanOrEqual(most);
  });

  const tried = guide.steps
    .map(({ title }, index) => [title, index] as const)
    .filter(([, index]) => isTried(index));
  it.each(tried)('names the requirements that pass after %s', (_, index) => {
    const outcome = outcomes.get(index) ?? { passed: [], failed: [] };
    const claimed = claimedUntil(index);
    const isSingle = (claim: string) => claim.includes('/');
    expect(completeGroups(outcome).sort()).toEqual(claimed.filter((claim) => !isSingle(claim)).sort());
    expect(outcome.passed).toEqual(expect.arrayContaining(claimed.filter(isSingle)));
  });

  it.runIf(expected.least)('ends with an implementation that passes every requirement', () => {
    expect(outcomes.get(last)?.failed).toEqual([]);
    expect(outcomes.get(last)?.passed.length).toBeGreaterThan(expected.least ?? 0);
  });
});
