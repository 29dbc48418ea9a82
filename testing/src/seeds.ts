const CHUNK = 20;
/** Where random tests begin. */
export const SEED = Number(process.env.OBJECTSTACK_SEED ?? 1);

const factor = Number(process.env.OBJECTSTACK_RUNS ?? 0.1);

/** Whether there are enough seeds for everything to be met that is counted. */
export const IS_EXHAUSTIVE = factor >= 1;

/** How often something is tried. */
export const times = (count: number): number => Math.max(1, Math.round(count * factor));

/**
 * Whether one of a list is tried: all if tests are exhaustive, otherwise one of so many, which another OBJECTSTACK_SEED makes
 * others.
 */
export const isSampled = (index: number, every: number): boolean =>
  IS_EXHAUSTIVE || (index + SEED) % every === 0;

/**
 * Seeds in chunks of [first, count], of which each is one test. OBJECTSTACK_RUNS multiplies how many there are, and
 * OBJECTSTACK_SEED is where they begin.
 */
export function SEEDS(count: number): [number, number][] {
  const seeds = times(count);
  return Array.from({ length: Math.ceil(seeds / CHUNK) }, (_, index) => [
    SEED + index * CHUNK,
    Math.min(CHUNK, seeds - index * CHUNK),
  ]);
}
