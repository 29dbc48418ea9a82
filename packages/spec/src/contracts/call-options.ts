/** Call options: actor and request id for the audit log, and a signal that aborts the call. */
export interface CallOptions {
  /**
   * Identifier of the caller's request, for example its trace id. Recorded in logs and in the audit log. Defaults to none.
   */
  requestId?: string;
  /** Identifier of the user who makes the request, recorded in the audit log. Defaults to none. */
  actor?: string;
  /**
   * Signal that aborts the call. The call then rejects with `aborted` before its next effect; its previous effects remain,
   * and repeating the call resumes it. If omitted, the call cannot be aborted.
   */
  signal?: AbortSignal;
}
