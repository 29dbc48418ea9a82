/** Retention window, in days, of data that a deployment removes or overwrites, for a rollback. */
export const RETENTION_DAYS = {
  /** Default retention window. */
  default: 7,
  /** A century: timestamps of years beyond 9999 do not sort as text. */
  most: 36_525,
} as const;
