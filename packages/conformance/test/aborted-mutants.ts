import { isPlainObject } from '@objectstack/spec/shared';
import { DATA_DRIVER_REQUIREMENTS } from '../src/data-driver/describe-data-driver.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';
import { changed, type Methods, without } from './mutant-tools.js';
import { rawSqlOf } from './with-raw-sql.js';

/** Groups of requirements of aborted calls, with the signals that their mutants ignore. */
const IGNORED: Readonly<Record<string, (signal: AbortSignal) => boolean>> = {
  aborted: ({ aborted }) => aborted,
  'aborted-while-waiting': ({ aborted }) => !aborted,
};

type AnyMethod = (...args: readonly unknown[]) => unknown;

const withoutSignal = (argument: unknown, isIgnored: (signal: AbortSignal) => boolean) =>
  isPlainObject(argument) && argument.signal instanceof AbortSignal && isIgnored(argument.signal)
    ? without(argument, 'signal')
    : argument;

const mutant = (method: string, isIgnored: (signal: AbortSignal) => boolean) => (driver: MemoryDriver) => {
  const whole = changed(driver, rawSqlOf(driver));
  const original = Reflect.get(whole, method) as AnyMethod;
  const ignoring: AnyMethod = (...args) =>
    original.apply(
      driver,
      args.map((argument) => withoutSignal(argument, isIgnored)),
    );
  return changed(driver, { ...rawSqlOf(driver), [method]: ignoring } as Methods);
};

/** Drivers with a method that ignores its signal, by the requirement that they violate. */
export const ABORTED_MUTANTS = Object.fromEntries(
  Object.keys(DATA_DRIVER_REQUIREMENTS).flatMap((id) => {
    const [, group = '', method = ''] = id.split('/');
    const isIgnored = IGNORED[group];
    return isIgnored ? [[id, mutant(method, isIgnored)] as const] : [];
  }),
);
