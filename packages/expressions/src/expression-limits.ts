/** Limits of an expression. Beyond one of them it is not evaluated: `too_large` or `too_expensive`. */
export const EXPRESSION_LIMITS = {
  /** Characters of the source. */
  maxSourceLength: 4_096,
  /** Nodes of the syntax tree. */
  maxNodes: 256,
  /** Levels of nesting. */
  maxDepth: 32,
  /** Items of a list literal, and entries of a map literal. */
  maxListItems: 64,
  /** Arguments of a call. */
  maxArguments: 8,
  /**
   * Steps that an evaluation may take in the worst case, computed before it from the syntax tree and the sizes of its
   * variables. A step is an operation on one value or on 64 characters of a text; all of them take a few milliseconds.
   */
  maxSteps: 100_000,
} as const;

/** Characters of a text that count as one step. */
export const CHARACTERS_PER_STEP = 64;
