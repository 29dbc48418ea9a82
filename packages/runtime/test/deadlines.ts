/** Grace period of destroyed tenants in tests. */
export const GRACE_MS = 1_000_000;
/** Time after which an unfinished provisioning counts as failed in tests. */
export const DEADLINE_MS = 60_000;
