import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError, yieldToEventLoop } from '@objectstack/spec/shared';
import { BROKEN_REFERENCES, isUnnamedReference, namingBrokenReference } from './broken-reference.js';
import { mapError } from './map-error.js';
import type { NativeClient } from './native-client.js';
import { retryAfterExplain } from './retry-after-explain.js';
import { toBoundStatement } from './to-bound.js';

const VIOLATED = { sql: BROKEN_REFERENCES, args: [] };

function readOrNull(read: () => SqlResult): SqlResult | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** What a transaction needs from its file. */
export interface TransactionHost {
  /** Throws if the file is no longer at the path at which it was opened. */
  assertInPlace(): void;
  /** Called when the transaction has ended. After a broken one, the connection must not be used again. */
  ended(state: 'clean' | 'broken'): void;
}

/** A transaction on a local file. It has exclusive use of the file in this process until it ends. */
export class LocalTransaction implements SqlTransaction {
  readonly #client: NativeClient;
  readonly #host: TransactionHost;
  #ended = false;

  /** The client has begun the transaction. */
  constructor(client: NativeClient, host: TransactionHost) {
    this.#client = client;
    this.#host = host;
  }

  async execute(statement: SqlStatement): Promise<SqlResult> {
    this.#assertOpen();
    await yieldToEventLoop();
    this.#assertOpen();
    try {
      const bound = toBoundStatement(statement);
      return await retryAfterExplain(() => this.#client.executeInside(bound));
    } catch (error) {
      throw mapError(error);
    }
  }

  async commit(): Promise<void> {
    this.#assertOpen();
    this.#ended = true;
    try {
      this.#host.assertInPlace();
      this.#client.commit();
    } catch (error) {
      throw this.#undoExplaining(mapError(error));
    }
    this.#end('clean');
  }

  async rollback(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    try {
      this.#undo();
    } catch (error) {
      throw mapError(error);
    }
  }

  #undo(): void {
    this.#rollBack();
    this.#end('clean');
  }

  #rollBack(): void {
    try {
      this.#client.rollback();
    } catch (error) {
      this.#end('broken');
      throw error;
    }
  }

  /** Rolls back a failed commit, which leaves the transaction open. The error names a violated foreign key. */
  #undoExplaining(error: ObjectStackError): ObjectStackError {
    const isUnnamed = isUnnamedReference(error);
    const inside = isUnnamed ? readOrNull(() => this.#client.executeInside(VIOLATED)) : null;
    try {
      this.#rollBack();
    } catch {
      return error;
    }
    const outside = inside && readOrNull(() => this.#client.execute(VIOLATED));
    this.#end('clean');
    return namingBrokenReference(error, inside, outside);
  }

  #end(state: 'clean' | 'broken'): void {
    this.#client.end();
    this.#host.ended(state);
  }

  #assertOpen(): void {
    if (this.#ended)
      throw new ObjectStackError({ code: 'invalid_transaction', message: 'The transaction has ended.' });
  }
}
