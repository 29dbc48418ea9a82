import { isSampled } from './seeds.js';

/** The cases of a table that belong to the sample, one of `every`; all of them if tests are exhaustive. */
export const sampleOf = <T>(cases: readonly T[], every: number, offset = 0): T[] =>
  cases.filter((_, index) => isSampled(index + offset, every));
