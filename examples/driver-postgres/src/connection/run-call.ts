import { ObjectStackError, throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import type { Schema } from '../schema/schema.js';
import { begin, type Purpose } from './begin.js';
import { Connection } from './connection.js';
import type { Pools } from './pools.js';

/** The work of a call, with the metadata in which it runs. */
export type Work<T> = (connection: Connection, schema: Schema) => Promise<T>;

export interface CallContext {
  readonly pools: Pools;
  readonly purpose: Purpose;
  readonly cached: Schema;
  readonly signal: AbortSignal | undefined;
  /** Called with the metadata of the call. */
  readonly onSchema: (schema: Schema) => void;
}

/** An error after which it is unknown whether the commit took effect. */
function withUnknownOutcome(error: unknown): unknown {
  if (!ObjectStackError.isInstance(error, 'aborted', 'database_unreachable', 'request_timeout')) return error;
  const { code, message } = error;
  return new ObjectStackError({ code, message, details: { outcome: 'unknown' } });
}

/**
 * Runs a call in its own transaction. If it is aborted, its statement is canceled and its connection closed, because the
 * cancellation can arrive after the statement has ended.
 */
export async function runCall<T>(context: CallContext, work: Work<T>): Promise<T> {
  const { pools, purpose, cached, signal, onSchema } = context;
  const client = await pools.take(signal);
  const connection = new Connection(client);
  const progress = { isCommitting: false, hasEnded: false };
  const run = async () => {
    try {
      throwIfAborted(signal);
      const schema = await begin(connection, purpose, cached);
      onSchema(schema);
      const result = await work(connection, schema);
      throwIfAborted(signal);
      progress.isCommitting = true;
      await connection.script('COMMIT');
      return result;
    } catch (error) {
      await connection.script('ROLLBACK').catch(() => connection.closeAtEnd());
      throw error;
    } finally {
      progress.hasEnded = true;
      client.release(connection.mustClose);
    }
  };
  const running = run();
  const whenAborted = () => {
    if (progress.hasEnded) return;
    connection.closeAtEnd();
    pools.cancel(client);
  };
  signal?.addEventListener('abort', whenAborted, { once: true });
  try {
    return await unlessAborted(running, signal);
  } catch (error) {
    running.catch(() => undefined);
    throw progress.isCommitting && purpose !== 'read' ? withUnknownOutcome(error) : error;
  } finally {
    signal?.removeEventListener('abort', whenAborted);
  }
}
