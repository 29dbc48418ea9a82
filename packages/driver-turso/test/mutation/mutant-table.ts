import type { Steps } from '@objectstack/spec/shared';
import type { Callable, Mutant } from './dispatch.js';

/** An export, what it becomes, the scenario that notices, and which part of it is left out. */
export type Row = readonly [target: string, instead: Mutant['instead'], caughtBy: string, part?: string];

/** Does nothing and says this. */
export const gives =
  (value: unknown): Mutant['instead'] =>
  () =>
  () =>
    value;

/** Does its work, and something is done to what comes of it. */
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
