import { ObjectStackError } from './object-stack-error.js';

/** Throws `aborted` if the caller has aborted the signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new ObjectStackError({ code: 'aborted', message: 'The request was aborted by the caller.' });
}
