import { ObjectStackError } from './object-stack-error.js';

/** Throws `aborted` once the caller has aborted its signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new ObjectStackError({ code: 'aborted', message: 'The caller gave up.' });
}
