/** Structured properties of a log line, by name. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Destination of log lines. A `pino` logger is one. Secrets and record values are never passed to it; text that looks
 * like a secret is replaced before. An error that it throws is ignored.
 */
export interface ILogger {
  /** Writes a line about each call to a service or to a part of the runtime. */
  debug(fields: LogFields, message: string): void;
  /** Writes a line about an event. */
  info(fields: LogFields, message: string): void;
  /** Writes a line about a call that may succeed later, or an event that requires attention. */
  warn(fields: LogFields, message: string): void;
  /** Writes a line about a call that failed. */
  error(fields: LogFields, message: string): void;
}
