import type { FunctionCost } from './function-cost.js';

/** A function that expressions may call. */
export interface ExpressionFunction extends FunctionCost {
  /** Numbers of arguments, not counting the value before the dot. */
  readonly arity: readonly number[];
}

const fn = (
  arity: readonly number[],
  steps: FunctionCost['steps'],
  size: FunctionCost['size'],
): ExpressionFunction => ({ arity, steps, size });

const CLOCK = fn([0], 'constant', 'one');
const SHIFT = fn([1], 'constant', 'one');
const MOVE = fn([2], 'constant', 'one');
const PART = fn([0], 'constant', 'one');
const SEARCH = fn([1, 2], 'product', 'one');
const CONVERSION = fn([1], 'linear', 'one');
const TEXT = fn([0], 'linear', 'input');
const PREDICATE = fn([1], 'linear', 'one');

/**
 * Every function that expressions may call: functions of this project about time and missing values, and those of CEL
 * that are deterministic and bounded. Regular expressions (`matches`) are excluded because their time is unbounded;
 * parts of a timestamp in a time zone and the day of the year, because they depend on the time zone of the process.
 */
export const EXPRESSION_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  now: CLOCK,
  today: CLOCK,
  daysAgo: SHIFT,
  daysFromNow: SHIFT,
  hoursAgo: SHIFT,
  hoursFromNow: SHIFT,
  addDays: MOVE,
  addMonths: MOVE,
  daysBetween: MOVE,
  isBlank: fn([1], 'constant', 'one'),
  coalesce: fn([2], 'constant', 'input'),

  size: fn([0, 1], 'linear', 'one'),
  dyn: fn([1], 'constant', 'input'),
  type: fn([1], 'constant', 'one'),
  has: fn([1], 'constant', 'one'),
  bool: CONVERSION,
  int: CONVERSION,
  uint: CONVERSION,
  double: CONVERSION,
  string: fn([1], 'linear', 'text'),
  timestamp: CONVERSION,
  duration: fn([1], 'cube', 'one'),

  startsWith: PREDICATE,
  endsWith: PREDICATE,
  contains: fn([1], 'product', 'one'),
  indexOf: SEARCH,
  lastIndexOf: SEARCH,
  lowerAscii: TEXT,
  upperAscii: TEXT,
  trim: TEXT,
  substring: fn([1, 2], 'linear', 'input'),
  split: fn([1, 2], 'product', 'characters'),
  join: fn([0, 1], 'joined', 'joined'),

  getFullYear: PART,
  getMonth: PART,
  getDate: PART,
  getDayOfMonth: PART,
  getDayOfWeek: PART,
  getHours: PART,
  getMinutes: PART,
  getSeconds: PART,
  getMilliseconds: PART,
};
