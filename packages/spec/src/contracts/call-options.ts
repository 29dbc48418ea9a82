/** Options of every mutating call. */
export interface CallOptions {
  /** Identifier of the caller's request, for logs and the history. */
  requestId?: string;
  /** Identifier of the user who makes the request, for the history. */
  actor?: string;
  /**
   * Signal that aborts the call. The call rejects with `aborted` before its next effect; effects so far remain, and the
   * call can be resumed by repeating it.
   */
  signal?: AbortSignal;
}
