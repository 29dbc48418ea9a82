import { randomUUID } from 'node:crypto';
import type { DriverTransaction, TransactionOptions } from '@objectstack/spec/contracts';
import { unlessAborted } from '@objectstack/spec/shared';
import { begin } from '../connection/begin.js';
import { Connection } from '../connection/connection.js';
import type { Pools } from '../connection/pools.js';
import { driverError } from '../driver-error.js';
import type { Schema } from '../schema/schema.js';
import { OpenTransaction } from './open-transaction.js';

/** A transaction or one that is nested in it: a savepoint. */
interface Level {
  readonly root: OpenTransaction;
  readonly parent: Level | undefined;
  readonly savepoint: string;
  child: Level | undefined;
  isOpen: boolean;
}

function close(level: Level): void {
  if (level.child) close(level.child);
  level.isOpen = false;
  if (level.parent) level.parent.child = undefined;
}

/** The transactions of one driver, by the object that the caller holds. */
export class Transactions {
  readonly #idleMs: number;
  readonly #levels = new WeakMap<object, Level>();
  readonly #roots = new Set<OpenTransaction>();

  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  async begin(pools: Pools, cached: Schema, { transaction, signal }: TransactionOptions) {
    if (transaction !== undefined) return this.#nest(this.#level(transaction));
    const client = await pools.take(signal);
    const connection = new Connection(client);
    const beginning = begin(connection, 'write', cached);
    try {
      const schema = await unlessAborted(beginning, signal);
      const onEnd = (ended: OpenTransaction) => this.#roots.delete(ended);
      const root = new OpenTransaction({ pools, client, connection, schema, idleMs: this.#idleMs, onEnd });
      this.#roots.add(root);
      return this.#open({ root, parent: undefined, savepoint: '', child: undefined, isOpen: true });
    } catch (error) {
      pools.cancel(client);
      client.release(true);
      beginning.catch(() => undefined);
      throw error;
    }
  }

  /** The transaction for a call. Throws `invalid_transaction` and `transaction_expired`. */
  use(transaction: unknown): OpenTransaction {
    return this.#level(transaction).root;
  }

  async commit(transaction: unknown): Promise<void> {
    const level = this.#level(transaction);
    close(level);
    if (level.parent) {
      await level.root.control(`RELEASE SAVEPOINT ${level.savepoint}`);
      return;
    }
    await level.root.commit();
  }

  async rollback(transaction: unknown): Promise<void> {
    const level = this.#levels.get(transaction as object);
    if (!level?.isOpen) return;
    close(level);
    const { root, savepoint, parent } = level;
    if (parent) {
      await root.control(`ROLLBACK TO SAVEPOINT ${savepoint}; RELEASE SAVEPOINT ${savepoint}`);
      return;
    }
    if (!root.hasEnded) await root.rollback();
  }

  async rollbackAll(): Promise<void> {
    await Promise.all([...this.#roots].map((root) => root.rollback()));
  }

  #level(transaction: unknown): Level {
    const level = this.#levels.get(transaction as object);
    if (level?.root.isExpired) throw driverError('transaction_expired');
    if (!level?.isOpen || level.child || level.root.hasEnded) throw driverError('invalid_transaction');
    return level;
  }

  async #nest(parent: Level): Promise<DriverTransaction> {
    const savepoint = `os_${randomUUID().replaceAll('-', '')}`;
    const level: Level = { root: parent.root, parent, savepoint, child: undefined, isOpen: true };
    parent.child = level;
    await parent.root.control(`SAVEPOINT ${savepoint}`);
    return this.#open(level);
  }

  #open(level: Level): DriverTransaction {
    const transaction = { id: randomUUID() };
    this.#levels.set(transaction, level);
    return transaction;
  }
}
