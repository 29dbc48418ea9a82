import { randomUUID } from 'node:crypto';
import type { DriverTransaction, TransactionOptions } from '@objectstack/spec/contracts';
import type { MemoryDatabase } from './memory-database.js';
import { memoryError } from './memory-error.js';
import { assertReferences, type MemoryStore } from './memory-store.js';
import { mergeStores } from './merge-stores.js';

/** An outermost transaction. */
interface Root {
  readonly id: string;
  /** The store at the start of the transaction. */
  readonly base: MemoryStore;
  /** The content that its calls read and write: that of the database, unless others can write in the meantime. */
  readonly content: { store: MemoryStore };
  timer?: NodeJS.Timeout;
}

interface OpenTransaction {
  readonly root: Root;
  /** The store at the start of the transaction. */
  readonly before: MemoryStore;
  readonly parent: string | null;
  child: string | null;
}

/** The transactions of one driver; the outermost one blocks the database until it ends if transactions are exclusive. */
export class MemoryTransactions {
  readonly #database: MemoryDatabase;
  readonly #timeoutMs: number;
  readonly #open = new Map<string, OpenTransaction>();
  readonly #expired = new Set<string>();

  constructor(database: MemoryDatabase, timeoutMs: number) {
    this.#database = database;
    this.#timeoutMs = timeoutMs;
  }

  async begin({ transaction: outer, signal }: TransactionOptions): Promise<DriverTransaction> {
    const id = randomUUID();
    const { root } = outer ? this.use(outer) : { root: await this.#beginRoot(id, signal) };
    this.#open.set(id, { root, before: root.content.store, parent: outer?.id ?? null, child: null });
    if (outer) this.use(outer).child = id;
    return { id };
  }

  /** Throws unless the transaction can be used now. */
  use(transaction: DriverTransaction): OpenTransaction {
    const id = transaction?.id;
    const open = this.#open.get(id);
    if (!open) throw memoryError(this.#expired.has(id) ? 'transaction_expired' : 'invalid_transaction');
    if (open.child) throw memoryError('invalid_transaction');
    open.root.timer?.refresh();
    return open;
  }

  commit(transaction: DriverTransaction): void {
    const { root, parent } = this.use(transaction);
    this.#close(transaction.id);
    if (parent !== null) return;
    const { content, base } = root;
    try {
      assertReferences(content.store);
      if (content !== this.#database)
        this.#database.store = mergeStores({ base, own: content.store, others: this.#database.store });
    } catch (error) {
      content.store = base;
      throw error;
    } finally {
      this.#end(root);
    }
  }

  rollback(transaction: DriverTransaction): void {
    const id = transaction?.id;
    const open = this.#open.get(id);
    if (!open) return;
    this.#close(id);
    open.root.content.store = open.before;
    if (open.parent === null) this.#end(open.root);
  }

  rollbackAll(): void {
    for (const [id, { parent }] of [...this.#open]) if (parent === null) this.rollback({ id });
  }

  async #beginRoot(id: string, signal: AbortSignal | undefined): Promise<Root> {
    const { supports } = this.#database;
    if (supports.exclusiveTransactions) await this.#database.take(signal);
    const { store } = this.#database;
    const content = supports.exclusiveTransactions ? this.#database : { store };
    const root: Root = { id, base: store, content };
    root.timer = setTimeout(() => this.#expire(root), this.#timeoutMs);
    return root;
  }

  #expire(root: Root): void {
    for (const [id, open] of this.#open) if (open.root === root) this.#expired.add(id);
    this.rollback({ id: root.id });
  }

  #close(id: string): void {
    const open = this.#open.get(id);
    if (open?.child) this.#close(open.child);
    this.#open.delete(id);
    const parent = open?.parent ? this.#open.get(open.parent) : undefined;
    if (parent) parent.child = null;
  }

  #end({ timer, content }: Root): void {
    clearTimeout(timer);
    if (content === this.#database) this.#database.release();
  }
}
