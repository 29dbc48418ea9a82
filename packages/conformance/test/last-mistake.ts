import type { IDataDriver } from '@objectstack/spec/contracts';
import { mistakesOf } from '../src/reference/check-all.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';

const last = (error: unknown): unknown => mistakesOf(error).at(-1) ?? error;

async function* lastInStream(records: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* records;
  } catch (error) {
    throw last(error);
  }
}

/** The reference implementation, but it reports the last mistake of a call instead of the first. */
export function reportingLastMistake(driver: MemoryDriver): IDataDriver {
  return new Proxy(driver as IDataDriver, {
    get(target, name: keyof IDataDriver) {
      const value: unknown = target[name];
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const result: unknown = value.apply(target, args);
        if (name === 'findStream') return lastInStream(result as AsyncIterable<unknown>);
        return Promise.resolve(result).catch((error) => Promise.reject(last(error)));
      };
    },
  });
}
