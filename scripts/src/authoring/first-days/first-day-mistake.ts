import type { Shop } from './shop.js';

/** A mistake of the first days, and the answer to it. */
export interface FirstDayMistake {
  readonly what: string;
  /** Makes the mistake. The answer is what it throws, or the issues of what it returns. */
  readonly make: (shop: Shop) => unknown;
  readonly code: string;
  /** JSON Pointer, `line:column`, or name of the setting, argument or record. */
  readonly place: string;
  /** What the answer says to do. */
  readonly hint: RegExp;
  /** Points of the best answer that is possible, unless it is 3, and why. */
  readonly atMost?: readonly [points: number, because: string];
}

export const mistake = (
  what: string,
  make: FirstDayMistake['make'],
  [code, place, hint]: readonly [code: string, place: string, hint: RegExp],
): FirstDayMistake => ({ what, make, code, place, hint });

/** A mistake that is accepted, and why. */
export const accepted = (what: string, make: FirstDayMistake['make'], because: string): FirstDayMistake => ({
  what,
  make,
  code: '',
  place: '',
  hint: /$/,
  atMost: [0, because],
});
