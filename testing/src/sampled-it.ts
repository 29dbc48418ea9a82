import { isSampled } from './seeds.js';

type Body = () => Promise<void>;
type ItFunction = (title: string, body: Body, timeoutMs?: number) => unknown;

/** Registers one of `every` tests, and skips the others unless tests are exhaustive. */
export function sampledIt(
  it: ItFunction & { readonly skip: ItFunction },
  every: number,
  offset = 0,
): (title: string, body: Body, timeoutMs?: number) => void {
  let index = offset;
  return (title, body, timeoutMs) => {
    if (isSampled(index++, every)) it(title, body, timeoutMs);
    else it.skip(`${title} (skipped: not in the sample)`, body);
  };
}
