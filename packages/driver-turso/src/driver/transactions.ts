import type { DriverTransaction, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { FifoLock } from '../connection/fifo-lock.js';

/** A transaction that is going on; `lock` keeps calls apart that its owner makes at once. */
export interface OpenTransaction {
  readonly sql: SqlTransaction;
  readonly lock: FifoLock;
  timer: NodeJS.Timeout;
}

/** Handles of transactions that expired lately, so that their owner hears why. */
const REMEMBERED = 1_000;

/** The open transactions of one driver; one that idles is rolled back, because everybody else waits for it. */
export class Transactions {
  readonly #timeoutMs: number;
  readonly #open = new Map<string, OpenTransaction>();
  readonly #expired = new Set<string>();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  add(sql: SqlTransaction): DriverTransaction {
    const id = uuidv7();
    this.#open.set(id, { sql, lock: new FifoLock(), timer: this.#expireLater(id) });
    return { id };
  }

  /** The transaction behind a handle; using it starts its idle time again. */
  use({ id }: DriverTransaction): OpenTransaction {
    const open = this.#open.get(id);
    if (!open) throw this.#over(id);
    open.timer.refresh();
    return open;
  }

  /** Takes the transaction out, to be ended by the caller. */
  take({ id }: DriverTransaction): SqlTransaction {
    const open = this.#open.get(id);
    if (!open) throw this.#over(id);
    clearTimeout(open.timer);
    this.#open.delete(id);
    return open.sql;
  }

  has({ id }: DriverTransaction): boolean {
    return this.#open.has(id);
  }

  async rollbackAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.take({ id }).rollback()));
  }

  /** The timer keeps the process alive: others may be waiting for the transaction to end. */
  #expireLater(id: string): NodeJS.Timeout {
    return setTimeout(() => {
      const open = this.#open.get(id);
      this.#open.delete(id);
      if (this.#expired.size >= REMEMBERED) this.#expired.clear();
      this.#expired.add(id);
      open?.sql.rollback().catch(() => undefined);
    }, this.#timeoutMs);
  }

  #over(id: string): ObjectStackError {
    if (this.#expired.has(id)) {
      return new ObjectStackError({
        code: 'transaction_expired',
        message: 'The transaction idled too long and was rolled back.',
      });
    }
    return new ObjectStackError({
      code: 'invalid_transaction',
      message: 'The transaction has ended or is of another database.',
    });
  }
}
