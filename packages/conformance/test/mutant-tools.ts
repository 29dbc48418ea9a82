import type { DriverOptions, IDataDriver, RecordData } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { MemoryDriver } from '../src/reference/memory-driver.js';

export type Methods = { [Name in keyof IDataDriver]?: (...args: never[]) => unknown };

/** The methods in which a driver differs from the reference implementation. */
export type Mutant = (driver: MemoryDriver) => Methods;
export type Create = [object: string, data: RecordData, options?: DriverOptions];
export type Find = [object: string, query?: QueryInput, options?: DriverOptions];

/** The reference implementation with some methods replaced. */
export function changed(driver: MemoryDriver, methods: Methods): IDataDriver {
  return new Proxy(driver as IDataDriver, {
    get(target, name: keyof IDataDriver) {
      const value = methods[name] ?? target[name];
      return typeof value === 'function' ? (value as CallableFunction).bind(target) : value;
    },
  });
}

const codeOf = (error: unknown) => (ObjectStackError.isInstance(error) ? error.code : undefined);

/** Replaces a rejection with this code by another result. */
export async function onCode<T>(work: Promise<T>, code: string, instead: () => T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === code) return instead();
    throw error;
  }
}

export const isPlainData = (data: unknown): data is RecordData =>
  Object.prototype.toString.call(data) === '[object Object]';

export const without = <T extends object>(value: T, ...keys: string[]): T =>
  isPlainData(value)
    ? (Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as T)
    : value;

export async function rethrow<T>(
  work: Promise<T>,
  change: (error: ObjectStackError) => ObjectStackError,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw ObjectStackError.isInstance(error) ? change(error) : error;
  }
}

export const withDetails = ({ code, message }: ObjectStackError, details: Record<string, unknown>) =>
  new ObjectStackError({ code, message, details });
