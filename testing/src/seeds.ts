const CHUNK = 20;
/** First seed of random tests. */
export const SEED = Number(process.env.OBJECTSTACK_SEED ?? 1);

const factor = Number(process.env.OBJECTSTACK_RUNS ?? 0.03);

/** Whether there are enough seeds to assert that every counted case occurred. */
export const IS_EXHAUSTIVE = factor >= 1;

/** Number of repetitions, scaled by the budget. */
export const times = (count: number): number => Math.max(1, Math.round(count * factor));

/**
 * Whether the item at this index belongs to the sample: every item if tests are exhaustive, otherwise one of `every`;
 * OBJECTSTACK_SEED shifts the sample.
 */
export const isSampled = (index: number, every: number): boolean =>
  IS_EXHAUSTIVE || (index + SEED) % every === 0;

/**
 * Seeds in chunks of [first, count]; each chunk is one test. OBJECTSTACK_RUNS multiplies their number, and
 * OBJECTSTACK_SEED is the first one.
 */
export function SEEDS(count: number): [number, number][] {
  const seeds = times(count);
  return Array.from({ length: Math.ceil(seeds / CHUNK) }, (_, index) => [
    SEED + index * CHUNK,
    Math.min(CHUNK, seeds - index * CHUNK),
  ]);
}
