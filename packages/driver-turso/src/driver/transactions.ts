import type { DriverTransaction, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { FifoLock } from '../connection/fifo-lock.js';
import type { MetadataSnapshot } from './metadata-snapshot.js';
import { NestedTransaction } from './nested-transaction.js';

/** An open transaction or one nested in it. */
export interface OpenTransaction {
  readonly sql: SqlTransaction;
  /** Metadata as of the beginning of the outermost transaction; it cannot change before that one ends. */
  readonly metadata: MetadataSnapshot;
  /** Serializes concurrent calls of the owner; shared with nested transactions. */
  readonly lock: FifoLock;
  readonly parent: string | null;
  child: string | null;
  /** Idle timer of the outermost transaction; use of a nested transaction restarts it. */
  readonly timer: NodeJS.Timeout;
}

/** Handles of recently expired transactions, so that their owners get a specific error. */
const REMEMBERED = 1_000;

/** The open transactions of one driver. An idle one is rolled back, because it blocks other writers. */
export class Transactions {
  readonly #timeoutMs: number;
  readonly #open = new Map<string, OpenTransaction>();
  readonly #expired = new Set<string>();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  add(sql: SqlTransaction, metadata: MetadataSnapshot): DriverTransaction {
    const id = uuidv7();
    const timer = this.#expireLater(id);
    this.#open.set(id, { sql, metadata, lock: new FifoLock(), parent: null, child: null, timer });
    return { id };
  }

  /** Begins a nested transaction. */
  async nest(outer: DriverTransaction): Promise<DriverTransaction> {
    const { lock } = this.use(outer);
    return lock.run(async () => {
      const parent = this.use(outer);
      const id = uuidv7();
      const sql = new NestedTransaction(parent.sql, id);
      await sql.begin();
      const { metadata, timer } = parent;
      this.#open.set(id, { sql, metadata, lock: parent.lock, parent: outer.id, child: null, timer });
      parent.child = id;
      return { id };
    });
  }

  /** The transaction of a handle; using it restarts its idle timer. */
  use(transaction: DriverTransaction): OpenTransaction {
    const id = transaction?.id;
    const open = this.#open.get(id);
    if (!open) throw this.#over(id);
    if (open.child) {
      throw new ObjectStackError({
        code: 'invalid_transaction',
        message: 'A transaction nested in this one is still open.',
      });
    }
    open.timer.refresh();
    return open;
  }

  /** Removes the transaction, to be committed by the caller. */
  takeToCommit(transaction: DriverTransaction): OpenTransaction {
    const open = this.use(transaction);
    this.#remove(transaction.id);
    return open;
  }

  /** Removes the transaction and its nested ones, to be rolled back by the caller; null if it has ended. */
  takeToRollBack(transaction: DriverTransaction): OpenTransaction | null {
    const id = transaction?.id;
    const open = this.#open.get(id);
    if (!open) return null;
    this.#remove(id);
    return open;
  }

  async rollbackAll(): Promise<void> {
    const outermost = [...this.#open].filter(([, { parent }]) => parent === null);
    await Promise.all(
      outermost.map(([id]) => {
        const open = this.takeToRollBack({ id });
        return open?.lock.run(() => open.sql.rollback());
      }),
    );
  }

  #remove(id: string): void {
    const open = this.#open.get(id);
    if (!open) return;
    if (open.child) this.#remove(open.child);
    this.#open.delete(id);
    const parent = open.parent === null ? undefined : this.#open.get(open.parent);
    if (parent) parent.child = null;
    if (open.parent === null) clearTimeout(open.timer);
  }

  /** The timer keeps the process alive, because other processes may wait for the transaction to end. */
  #expireLater(id: string): NodeJS.Timeout {
    return setTimeout(() => {
      const open = this.#open.get(id);
      if (this.#expired.size >= REMEMBERED) this.#expired.clear();
      for (let inner: string | null = id; inner !== null; inner = this.#open.get(inner)?.child ?? null)
        this.#expired.add(inner);
      this.#remove(id);
      open?.lock.run(() => open.sql.rollback()).catch(() => undefined);
    }, this.#timeoutMs);
  }

  #over(id: string): ObjectStackError {
    if (this.#expired.has(id)) {
      return new ObjectStackError({
        code: 'transaction_expired',
        message: 'The transaction was idle for too long and was rolled back.',
      });
    }
    return new ObjectStackError({
      code: 'invalid_transaction',
      message: 'The transaction has ended or belongs to another driver.',
    });
  }
}
