/** What the service does not do yet, and why. */
export const KNOWN_FAILURES: Readonly<Record<string, string>> = {};
