/** What every mutating call may be told. */
export interface CallOptions {
  /** Id of the caller's request, for logs and history. */
  requestId?: string;
  /** Who asks, for history. */
  actor?: string;
  /** Ends the call with `aborted` before its next effect; what has taken effect stays and can be continued. */
  signal?: AbortSignal;
}
