import type { Steps } from '@objectstack/spec/shared';

/** Results of a function for each item, in steps of one item. */
export function* mapSteps<T, R>(items: Iterable<T>, work: (item: T) => R): Steps<R[]> {
  const results: R[] = [];
  for (const item of items) {
    results.push(work(item));
    yield;
  }
  return results;
}

/** Same, for a function with any number of results. */
export function* flatMapSteps<T, R>(items: Iterable<T>, work: (item: T) => readonly R[]): Steps<R[]> {
  const results: R[] = [];
  for (const item of items) {
    for (const result of work(item)) results.push(result);
    yield;
  }
  return results;
}
