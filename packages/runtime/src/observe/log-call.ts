import type { ILogger, LogFields, ObservedCall } from '@objectstack/spec/contracts';
import { ERROR_CODES, type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import { redact } from './redact.js';

export const codeOf = (error: unknown): ErrorCode =>
  ObjectStackError.isInstance(error) ? error.code : 'internal';

type Level = keyof ILogger;

/** A mistake of the caller is no fault of the service. */
function levelOf(error: unknown): Level {
  const { status } = ERROR_CODES[codeOf(error)];
  if (status < 500) return 'info';
  return ObjectStackError.isInstance(error) && error.retryable ? 'warn' : 'error';
}

const redacted = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? redact(value) : value]],
    ),
  );

/** Writes a line. An error of the logger must not become an error of the call. */
export function log(logger: ILogger, level: Level, { message, ...fields }: LogFields & { message: string }) {
  try {
    logger[level](redacted(fields), message);
  } catch {}
}

/** Only messages of typed errors are known to contain no secret and no record value. */
export function logFailure(
  logger: ILogger,
  call: ObservedCall & { durationMs: number },
  error: unknown,
): void {
  const detail = ObjectStackError.isInstance(error) ? error.message : undefined;
  const message = `${call.part}.${call.method} failed`;
  log(logger, levelOf(error), { ...call, errorCode: codeOf(error), detail, message });
}
