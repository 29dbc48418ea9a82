/** A value that was parsed from a text. */
export interface ParsedText {
  readonly value: unknown;
  /** Offsets of the parts that JSON Pointers lead to; of the innermost part around one that is missing. */
  readonly locate: (pointers: readonly string[]) => ReadonlyMap<string, number>;
}
