import { yieldToEventLoop } from '@objectstack/spec/shared';

/** Few enough to take no longer than a turn should. */
const AT_ONCE = 500;

/** Results of a function for each item, while the event loop turns between every few hundred of them. */
export async function mapInTurns<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
  if (items.length <= AT_ONCE) return items.map(work);
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    if (index % AT_ONCE === 0) await yieldToEventLoop();
    results.push(work(item));
  }
  return results;
}
