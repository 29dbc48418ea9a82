import { Environment } from '@marcbachmann/cel-js';
import { EXPRESSION_LIMITS } from './expression-limits.js';
import { addDays, addHours, addMonths, dayOf, daysBetween } from './time-functions.js';

const TIMESTAMP = 'google.protobuf.Timestamp';
const SYNCHRONOUS = { async: false };

/** An environment whose functions read the time from `clock`. */
export interface CelEnvironment {
  readonly environment: Environment;
  /** Time of the evaluation. One is enough, because an evaluation is synchronous and evaluates nothing else. */
  readonly clock: { now: number };
}

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

export function createCelEnvironment(): CelEnvironment {
  const clock = { now: 0 };
  const environment = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: EXPRESSION_LIMITS.maxNodes,
      maxDepth: EXPRESSION_LIMITS.maxDepth,
      maxListElements: EXPRESSION_LIMITS.maxListItems,
      maxMapEntries: EXPRESSION_LIMITS.maxListItems,
      maxCallArguments: EXPRESSION_LIMITS.maxArguments,
    },
  });
  const define = (signature: string, handler: (...args: never[]) => unknown) =>
    environment.registerFunction(signature, handler, SYNCHRONOUS);
  define(`now(): ${TIMESTAMP}`, () => new Date(clock.now));
  define(`today(): ${TIMESTAMP}`, () => dayOf(clock.now));
  define(`daysAgo(int): ${TIMESTAMP}`, (days: bigint) => addDays(clock.now, -days));
  define(`daysFromNow(int): ${TIMESTAMP}`, (days: bigint) => addDays(clock.now, days));
  define(`hoursAgo(int): ${TIMESTAMP}`, (hours: bigint) => addHours(clock.now, -hours));
  define(`hoursFromNow(int): ${TIMESTAMP}`, (hours: bigint) => addHours(clock.now, hours));
  define(`addDays(${TIMESTAMP}, int): ${TIMESTAMP}`, (time: Date, days: bigint) =>
    addDays(time.getTime(), days),
  );
  define(`addMonths(${TIMESTAMP}, int): ${TIMESTAMP}`, (time: Date, months: bigint) =>
    addMonths(time.getTime(), months),
  );
  define(`daysBetween(${TIMESTAMP}, ${TIMESTAMP}): int`, (from: Date, to: Date) =>
    daysBetween(from.getTime(), to.getTime()),
  );
  define('isBlank(dyn): bool', isBlank);
  define('coalesce(dyn, dyn): dyn', (first: unknown, second: unknown) => first ?? second);
  // Functions of the CEL specification that the library lacks.
  define(`string(${TIMESTAMP}): string`, (time: Date) => time.toISOString());
  define(`int(${TIMESTAMP}): int`, (time: Date) => BigInt(Math.floor(time.getTime() / 1000)));
  return { environment, clock };
}
