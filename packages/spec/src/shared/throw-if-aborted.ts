import { ObjectStackError } from './object-stack-error.js';

/** The error of a call whose signal the caller has aborted. */
export const abortedError = (): ObjectStackError =>
  new ObjectStackError({ code: 'aborted', message: 'The request was aborted by the caller.' });

/** Throws `aborted` if the caller has aborted the signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError();
}
