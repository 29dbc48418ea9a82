/** Options of a mutating call: actor and request id for the audit log, and a signal that aborts the call. */
export interface CallOptions {
  /** Identifier of the caller's request, recorded in logs and in the audit log. */
  requestId?: string;
  /** Identifier of the user who makes the request, recorded in the audit log. */
  actor?: string;
  /**
   * Signal that aborts the call. The call then rejects with `aborted` before its next effect; its previous effects
   * remain, and repeating the call resumes it.
   */
  signal?: AbortSignal;
}
