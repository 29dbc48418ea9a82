import { ObjectStackError } from '@objectstack/spec/shared';

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ObjectStackError({ code: 'aborted', message: 'The caller gave up.' });
}
