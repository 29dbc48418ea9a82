import type { DriverTransaction } from '../contracts/driver-call.js';
import { AsyncLock } from './async-lock.js';
import { newRecordId } from './new-record-id.js';
import { rejection } from './rejection.js';

/** How a driver ends its transactions. */
export interface TransactionSettings<State> {
  /** Idle time after which an outermost transaction is rolled back, in milliseconds. Default: 5,000. */
  readonly timeoutMs?: number | undefined;
  /** Undoes what has been written since the state, unless it is committed. Called once for what ends, not for what is nested in it. */
  readonly onEnd: (state: State, ending: { isCommitted: boolean }) => void;
}

/** An outermost transaction, with the time at which it expires. */
interface Root {
  readonly id: string;
  readonly lock: AsyncLock;
  /** Calls that run or wait. */
  calls: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Open<State> {
  readonly state: State;
  readonly root: Root;
  readonly outer: string | undefined;
  inner: string | undefined;
}

const DEFAULT_TIMEOUT_MS = 5_000;

/**
 * The open transactions of a driver, nested ones included: which calls they accept, and when they expire. What a transaction
 * contains is up to the driver, for example the state before it.
 */
export class DriverTransactions<State> {
  readonly #settings: TransactionSettings<State>;
  readonly #open = new Map<string, Open<State>>();
  readonly #expired = new Set<string>();

  constructor(settings: TransactionSettings<State>) {
    this.#settings = settings;
  }

  /** Opens a transaction, or one nested in another. Throws like `run`. */
  begin(state: State, outer?: DriverTransaction): DriverTransaction {
    const id = newRecordId();
    const parent = outer && this.#find(outer);
    const root = parent?.root ?? { id, lock: new AsyncLock(), calls: 0, timer: undefined };
    if (parent) parent.inner = id;
    this.#open.set(id, { state, root, outer: outer?.id, inner: undefined });
    this.#restart(root);
    return { id };
  }

  /**
   * Runs a call in a transaction, after those before it. Throws `transaction_expired` if the transaction was rolled back
   * because it was idle, and `invalid_transaction` if it has ended, is unknown, or has an open transaction nested in it.
   */
  async run<T>(
    transaction: DriverTransaction,
    work: (state: State) => T | Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { root } = this.#find(transaction);
    root.calls += 1;
    clearTimeout(root.timer);
    try {
      return await root.lock.run(signal, () => work(this.#find(transaction).state));
    } finally {
      root.calls -= 1;
      this.#restart(root);
    }
  }

  /** Ends a transaction whose writes remain. Throws like `run`. */
  commit(transaction: DriverTransaction): void {
    this.#find(transaction);
    this.#end(transaction.id, true);
  }

  /** Ends a transaction and those nested in it. Has no effect on one that has ended. */
  rollback(transaction: DriverTransaction): void {
    this.#end(transaction?.id, false);
  }

  /** Rolls back every transaction, when the driver disconnects. */
  rollbackAll(): void {
    for (const id of [...this.#open.keys()]) this.#end(id, false);
  }

  #find(transaction: DriverTransaction): Open<State> {
    const id = transaction?.id;
    const open = this.#open.get(id);
    if (!open) throw rejection(this.#expired.has(id) ? 'transaction_expired' : 'invalid_transaction');
    if (open.inner !== undefined) throw rejection('invalid_transaction');
    return open;
  }

  /** Restarts the idle time, unless a call is running. */
  #restart(root: Root): void {
    clearTimeout(root.timer);
    if (root.calls > 0 || !this.#open.has(root.id)) return;
    root.timer = setTimeout(() => this.#expire(root), this.#settings.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  }

  #expire(root: Root): void {
    for (const [id, open] of this.#open) if (open.root === root) this.#expired.add(id);
    this.#end(root.id, false);
  }

  #end(id: string, isCommitted: boolean): void {
    const open = this.#close(id);
    if (!open) return;
    if (open.outer === undefined) clearTimeout(open.root.timer);
    this.#settings.onEnd(open.state, { isCommitted });
  }

  #close(id: string | undefined): Open<State> | undefined {
    const open = id === undefined ? undefined : this.#open.get(id);
    if (!open || id === undefined) return undefined;
    this.#close(open.inner);
    this.#open.delete(id);
    const outer = open.outer === undefined ? undefined : this.#open.get(open.outer);
    if (outer) outer.inner = undefined;
    return open;
  }
}
