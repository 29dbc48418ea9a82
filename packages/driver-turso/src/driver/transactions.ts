import type { DriverTransaction, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { FifoLock } from '../connection/fifo-lock.js';
import type { MetadataSnapshot } from './metadata-snapshot.js';
import { NestedTransaction } from './nested-transaction.js';

/** A transaction that is going on, or one nested in it. */
export interface OpenTransaction {
  readonly sql: SqlTransaction;
  /** The metadata as it was when the outermost transaction began; it cannot change before that one ends. */
  readonly metadata: MetadataSnapshot;
  /** Keeps calls apart that the owner makes at once; shared with what is nested. */
  readonly lock: FifoLock;
  readonly parent: string | null;
  child: string | null;
  /** Idle time, of the outermost; whatever is nested starts it again. */
  readonly timer: NodeJS.Timeout;
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

  add(sql: SqlTransaction, metadata: MetadataSnapshot): DriverTransaction {
    const id = uuidv7();
    const timer = this.#expireLater(id);
    this.#open.set(id, { sql, metadata, lock: new FifoLock(), parent: null, child: null, timer });
    return { id };
  }

  /** Opens a savepoint in the transaction. */
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

  /** The transaction behind a handle; using it starts its idle time again. */
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

  /** Takes the transaction out, to be committed by the caller. */
  takeToCommit(transaction: DriverTransaction): OpenTransaction {
    const open = this.use(transaction);
    this.#remove(transaction.id);
    return open;
  }

  /** Takes the transaction and what is nested in it out, to be rolled back by the caller; null when it is over. */
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

  /** The timer keeps the process alive: others may be waiting for the transaction to end. */
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
        message: 'The transaction idled too long and was rolled back.',
      });
    }
    return new ObjectStackError({
      code: 'invalid_transaction',
      message: 'The transaction has ended or is of another database.',
    });
  }
}
