import type { Steps } from '@objectstack/spec/shared';
import type { Callable, Mutant } from './dispatch.js';

/** An export, its replacement, the scenario that detects it, and the omitted part. */
export type Row = readonly [target: string, instead: Mutant['instead'], caughtBy: string, part?: string];

/** Replaces the function by one that returns the value. */
export const gives =
  (value: unknown): Mutant['instead'] =>
  () =>
  () =>
    value;

/** Changes the result of the function. */
export const changed =
  <R>(change: (result: R) => unknown): Mutant['instead'] =>
  (original: Callable) =>
  (...args) =>
    change(original(...args) as R);

/** The same for work in steps. */
export const givesInSteps =
  (value: unknown): Mutant['instead'] =>
  () =>
    // biome-ignore lint/correctness/useYield: it does nothing in no step.
    function* () {
      return value;
    };

export const changedInSteps =
  <R>(change: (result: R) => unknown): Mutant['instead'] =>
  (original: Callable) =>
    function* (...args) {
      return change(yield* original(...args) as Steps<R>);
    };

export const mutantsOf = (module: string, rows: readonly Row[]): Mutant[] =>
  rows.map(([target, instead, caughtBy, part]) => ({
    what: `${module}: ${target}${part ? ` (${part})` : ''}`,
    ...{ module, target, instead, caughtBy },
  }));
