import { randomUUID } from 'node:crypto';
import type { DriverTransaction, TransactionOptions } from '@objectstack/spec/contracts';
import type { MemoryDatabase } from './memory-database.js';
import { memoryError } from './memory-error.js';
import { assertReferences, type MemoryStore } from './memory-store.js';

interface OpenTransaction {
  /** The store at the start of the transaction. */
  readonly before: MemoryStore;
  readonly parent: string | null;
  child: string | null;
}

/** The transactions of one driver; the outermost one blocks the database until it ends. */
export class MemoryTransactions {
  readonly #database: MemoryDatabase;
  readonly #timeoutMs: number;
  readonly #open = new Map<string, OpenTransaction>();
  readonly #expired = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: MemoryDatabase, timeoutMs: number) {
    this.#database = database;
    this.#timeoutMs = timeoutMs;
  }

  async begin({ transaction: outer, signal }: TransactionOptions): Promise<DriverTransaction> {
    if (outer) this.use(outer);
    else await this.#database.take(signal);
    const id = randomUUID();
    this.#open.set(id, { before: this.#database.store, parent: outer?.id ?? null, child: null });
    if (outer) this.use(outer).child = id;
    this.#restartTimer(id);
    return { id };
  }

  /** Throws unless the transaction can be used now. */
  use(transaction: DriverTransaction): OpenTransaction {
    const id = transaction?.id;
    const open = this.#open.get(id);
    if (!open) throw memoryError(this.#expired.has(id) ? 'transaction_expired' : 'invalid_transaction');
    if (open.child) throw memoryError('invalid_transaction');
    this.#timer?.refresh();
    return open;
  }

  commit(transaction: DriverTransaction): void {
    const { before, parent } = this.use(transaction);
    this.#close(transaction.id);
    if (parent !== null) return;
    try {
      assertReferences(this.#database.store);
    } catch (error) {
      this.#database.store = before;
      throw error;
    } finally {
      this.#end();
    }
  }

  rollback(transaction: DriverTransaction): void {
    const id = transaction?.id;
    const open = this.#open.get(id);
    if (!open) return;
    this.#close(id);
    this.#database.store = open.before;
    if (open.parent === null) this.#end();
  }

  rollbackAll(): void {
    for (const [id, { parent }] of [...this.#open]) if (parent === null) this.rollback({ id });
  }

  #close(id: string): void {
    const open = this.#open.get(id);
    if (open?.child) this.#close(open.child);
    this.#open.delete(id);
    const parent = open?.parent ? this.#open.get(open.parent) : undefined;
    if (parent) parent.child = null;
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#database.release();
  }

  #restartTimer(id: string): void {
    if (this.#timer) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => {
      for (const open of this.#open.keys()) this.#expired.add(open);
      this.rollback({ id });
    }, this.#timeoutMs);
  }
}
