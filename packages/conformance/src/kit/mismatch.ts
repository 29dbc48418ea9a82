export interface Mismatch {
  /** The call that had another result. If absent, the last recorded call. */
  readonly input?: string | undefined;
  readonly expected: string;
  readonly found: string;
}

/** What an implementation did, and what it had to do instead. */
export class MismatchError extends Error implements Mismatch {
  readonly input: string | undefined;
  readonly expected: string;
  readonly found: string;

  constructor({ input, expected, found }: Mismatch) {
    super(`Expected: ${expected}\nFound: ${found}`);
    this.name = 'MismatchError';
    this.input = input;
    this.expected = expected;
    this.found = found;
  }
}
