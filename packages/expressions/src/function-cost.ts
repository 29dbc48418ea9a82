import { CHARACTERS_PER_STEP } from './expression-limits.js';

/** How the steps of a call and the size of its result follow from the sizes of its arguments. */
export interface FunctionCost {
  /**
   * `product`: the time of a search in a text. `joined`: the length of the joined text. `cube`: the time in which a
   * duration is parsed if no unit follows its digits.
   */
  readonly steps: 'constant' | 'linear' | 'product' | 'joined' | 'cube';
  /** `text`: a number or timestamp as text. `characters`: as many values as the arguments have characters. */
  readonly size: 'one' | 'input' | 'text' | 'characters' | 'joined';
}

type Measure = (sizes: readonly number[]) => number;

const sum: Measure = (sizes) => sizes.reduce((total, size) => total + size, 0);
const product: Measure = (sizes) => sizes.reduce((total, size) => total * size, 1);
const joined: Measure = ([list = 1, separator = 0]) => list * (1 + separator);

/** Characters of a number or timestamp, at most, in units of size. */
const SCALAR_TEXT = 2;

const STEPS: Readonly<Record<FunctionCost['steps'], Measure>> = {
  constant: () => 1,
  linear: (sizes) => 1 + sum(sizes),
  product: (sizes) => CHARACTERS_PER_STEP * product(sizes),
  joined: (sizes) => 1 + joined(sizes),
  cube: ([size = 1]) => CHARACTERS_PER_STEP ** 2 * size ** 3,
};

const SIZES: Readonly<Record<FunctionCost['size'], Measure>> = {
  one: () => 1,
  input: (sizes) => Math.max(1, sum(sizes)),
  text: (sizes) => sum(sizes) + SCALAR_TEXT,
  characters: (sizes) => 1 + CHARACTERS_PER_STEP * sum(sizes),
  joined,
};

export const stepsOfCall = ({ steps }: FunctionCost, sizes: readonly number[]): number => STEPS[steps](sizes);

export const sizeOfCall = ({ size }: FunctionCost, sizes: readonly number[]): number => SIZES[size](sizes);
