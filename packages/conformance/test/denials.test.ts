import type { DriverCapabilities } from '@objectstack/spec/data';
import { IS_EXHAUSTIVE, isSampled } from '@objectstack/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEMORY_CAPABILITIES } from '../src/reference/memory-capabilities.js';
import { denyFeatures, deployBeneath } from './deny-features.js';
import { failuresOf, memorySuite } from './memory-suite.js';

const CAPABILITIES = Object.entries(MEMORY_CAPABILITIES)
  .filter(([, value]) => value === true)
  .map(([name]) => name as keyof DriverCapabilities);

const SEED = 1;
const COMBINATIONS = 200;
/** One of so many single denials, and of so many combinations, unless tests are exhaustive. */
const [EVERY_SINGLE, EVERY_COMBINATION] = [20, 200];

const isFurtherSequence = (id: string) => /\/model\/same-answers-\d/.test(id);
/** One sequence of random operations is enough for the sample, and for each combination. */
const isTried = (id: string) => IS_EXHAUSTIVE || !isFurtherSequence(id);
/** The requirements of a trial: one of so many unless tests are exhaustive. */
const EVERY_REQUIREMENT = 5;
function requirements(isOne: (id: string) => boolean): (id: string) => boolean {
  let before = 0;
  return (id) => isOne(id) && isSampled(before++, EVERY_REQUIREMENT);
}

const without = (denied: readonly string[]): DriverCapabilities => ({
  ...MEMORY_CAPABILITIES,
  ...Object.fromEntries(denied.map((name) => [name, false])),
});

const suite = (denied: readonly string[]) => ({
  ...memorySuite(denyFeatures, without(denied)),
  deploy: deployBeneath,
});

describe('the reference implementation without a capability', () => {
  const singles = CAPABILITIES.filter((_, index) => isSampled(index, EVERY_SINGLE));

  it.each(singles)('meets all other requirements: %s', async (denied) => {
    expect(await failuresOf(suite([denied]), requirements(isTried))).toEqual([]);
  });

  const combinations = fc
    .sample(fc.uniqueArray(fc.constantFrom(...CAPABILITIES), { minLength: 2 }), {
      seed: SEED,
      numRuns: COMBINATIONS,
    })
    .filter((_, index) => isSampled(index, EVERY_COMBINATION));

  it.each(combinations.map((denied) => [denied.join(), denied] as const))(
    'meets all other requirements: %s',
    async (_, denied) => {
      expect(
        await failuresOf(
          suite(denied),
          requirements((id) => !isFurtherSequence(id)),
        ),
      ).toEqual([]);
    },
  );
});
