/** Leases of work that one process at a time does, by the name of the work. Part of the registry. */
export interface IWorkLeases {
  /**
   * Takes the lease of a work until a timestamp, if no process holds it at `now`. Returns its token, which is higher than
   * every earlier one of the work; null if the lease is held. Of concurrent calls, one takes it.
   */
  takeWorkLease(name: string, lease: { now: string; until: string }): Promise<number | null>;
  /**
   * Changes the end of a lease; an end in the past releases it. Returns false, without a change, if the lease was taken
   * over.
   */
  extendWorkLease(name: string, lease: { token: number; until: string }): Promise<boolean>;
}
