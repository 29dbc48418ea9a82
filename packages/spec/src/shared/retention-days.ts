/** How long what a deployment removes or overwrites is retained for a rollback, in days. */
export const RETENTION_DAYS = {
  /** Unless configured. */
  default: 7,
  /** A century: instants of years beyond 9999 do not sort as text. */
  most: 36_525,
} as const;
