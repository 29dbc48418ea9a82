/** A mistake in TypeScript, and how the first line of the compiler's message about it begins and ends. */
export interface AuthoringMistake {
  readonly what: string;
  readonly code: string;
  readonly message: string;
}
