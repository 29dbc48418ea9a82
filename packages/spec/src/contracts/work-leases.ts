/** Leases that make one process at a time perform a task, by the name of the task. Part of the registry. */
export interface IWorkLeases {
  /**
   * Acquires the lease of a task until a timestamp, if no process holds it at `now`. Returns the fencing token of the
   * lease, which is higher than every earlier one of the task; null if another process holds the lease. Of concurrent
   * calls, one succeeds.
   */
  takeWorkLease(name: string, lease: { now: string; until: string }): Promise<number | null>;
  /**
   * Changes the expiry of a lease; an expiry in the past releases it. Returns false, without a change, if another
   * process has taken the lease over.
   */
  extendWorkLease(name: string, lease: { token: number; until: string }): Promise<boolean>;
}
