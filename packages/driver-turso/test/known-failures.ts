/** Requirements that the service does not meet yet, with reasons. */
export const KNOWN_FAILURES: Readonly<Record<string, string>> = {};
