/** The conversion of stored values to another field type, as SQL expressions about a column. */
export interface Conversion {
  readonly value: (column: string) => string;
  /** Holds for values that can be converted without loss; absent if all can. Not used for empty values. */
  readonly fits?: (column: string) => string;
  /** Whether the result is null for every other value, so that `fits` is not needed in addition. */
  readonly isNullUnlessFits?: true;
  /** Whether a table replaces values, so that the previous ones cannot be computed from the new ones. */
  readonly isReplacement?: true;
}

/** A conversion that not all values fit. */
export type PartialConversion = Conversion & Required<Pick<Conversion, 'fits'>>;

const unchanged = (column: string) => column;

/** The conversion of the values that satisfy a condition. */
export const partial = (fits: (column: string) => string, value = unchanged): PartialConversion => ({
  value,
  fits,
});

/** The conversion that no value fits. */
export const NOTHING = partial(() => '0');

/** The conversion that leaves values unchanged. */
export const SAME: Conversion = { value: unchanged };
