import { unlessAborted } from '@objectstack/spec/shared';
import pg from 'pg';
import { driverError } from '../driver-error.js';
import { toDriverError } from './to-driver-error.js';

export interface ConnectionOptions {
  /** Connection string. Its schema (`search_path`) contains the tables. */
  readonly connectionString: string;
  /** Maximum number of connections. An open transaction occupies one. Default: 10. */
  readonly maxConnections?: number;
  /** Maximum duration of a statement, including the time that it waits, in milliseconds. Default: 30,000. */
  readonly statementTimeoutMs?: number;
}

const CREATE_TABLES = `
  BEGIN;
  SELECT pg_advisory_xact_lock(hashtext('objectstack'), hashtext(current_schema()));
  CREATE TABLE IF NOT EXISTS "_os_object"
    ("name" TEXT PRIMARY KEY, "version" INTEGER NOT NULL, "definition" TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS "_os_counter"
    ("object" TEXT, "field" TEXT, "scope" TEXT, "value" BIGINT NOT NULL, PRIMARY KEY ("object", "field", "scope"));
  COMMIT`;

const ignore = () => undefined;

/** The connections of one driver. */
export class Pools {
  readonly #calls: pg.Pool;
  /** Cancels statements when all connections for calls are occupied by statements that wait. */
  readonly #control: pg.Pool;
  /** Identifiers of the server processes. */
  readonly #processes = new WeakMap<pg.PoolClient, number>();

  constructor({ connectionString, maxConnections = 10, statementTimeoutMs = 30_000 }: ConnectionOptions) {
    this.#calls = new pg.Pool({
      connectionString,
      max: maxConnections,
      statement_timeout: statementTimeoutMs,
    });
    this.#control = new pg.Pool({ connectionString, max: 1 });
    for (const pool of [this.#calls, this.#control]) {
      // A lost connection is reported by the statement that needs it; without a listener, the event ends the process.
      pool.on('error', ignore);
      pool.on('connect', (client) => client.on('error', ignore));
    }
  }

  /** Creates the tables of the driver unless they exist. */
  async open(signal: AbortSignal | undefined): Promise<void> {
    const client = await this.take(signal);
    const opening = client.query(CREATE_TABLES);
    opening.then(
      () => client.release(),
      () => client.release(true),
    );
    try {
      await unlessAborted(opening, signal);
    } catch (error) {
      throw toDriverError(error, { constraints: new Map(), isDelete: false });
    }
  }

  /** A connection for one call or transaction, once one is free. */
  async take(signal: AbortSignal | undefined): Promise<pg.PoolClient> {
    const taking = this.#calls.connect();
    try {
      const client = await unlessAborted(taking, signal);
      if (!this.#processes.has(client)) await this.#identify(client);
      return client;
    } catch (error) {
      taking.then((client) => client.release(), ignore);
      if (this.#calls.ending) throw driverError('not_connected');
      throw toDriverError(error, { constraints: new Map(), isDelete: false });
    }
  }

  /** Cancels the statement of a connection, which is then rejected. */
  async cancel(client: pg.PoolClient): Promise<void> {
    const values = [this.#processes.get(client)];
    await this.#control.query('SELECT pg_cancel_backend($1)', values).catch(ignore);
  }

  async isAlive(): Promise<boolean> {
    return this.#calls.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  async #identify(client: pg.PoolClient): Promise<void> {
    const { rows } = await client.query('SELECT pg_backend_pid() AS process');
    this.#processes.set(client, rows[0].process);
  }

  /** Closes the connections once their calls have ended. */
  async close(): Promise<void> {
    await Promise.all([this.#calls.end(), this.#control.end()]);
  }
}
