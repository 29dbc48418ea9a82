import type { PostgresPoolClient as KyselyClient, PostgresPool as KyselyPool } from 'kysely';
import { isServerError, toRegistryError } from './to-registry-error.js';

/** Connection of a pool, as in the package `pg`. */
export interface PostgresPoolClient {
  /** Runs one statement. Called without a name, so that no prepared statement outlives it. */
  query(
    text: string,
    values: unknown[],
  ): Promise<{
    readonly command: string;
    readonly rowCount: number | null;
    readonly rows: unknown[];
  }>;
  /** Returns the connection to the pool, or closes it if the argument is true. */
  release(destroy?: boolean): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

/** Pool of connections, as in the package `pg`. */
export interface PostgresPool {
  connect(): Promise<PostgresPoolClient>;
}

/** A lost connection is reported by the statement that needs it; without a listener, the event ends the process. */
const ignore = () => undefined;

/**
 * Client whose errors are typed. After an error that is not an answer of the server (a lost connection, a timeout), the
 * state of the connection is unknown: later statements are rejected at once, and the connection is closed.
 */
function guardedClient(client: PostgresPoolClient): KyselyClient {
  let broken: Error | undefined;
  client.on('error', ignore);
  const query = async (text: string, values: readonly unknown[] = []) => {
    if (broken) throw broken;
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      const typed = toRegistryError(error);
      if (!isServerError(error)) broken = typed;
      throw typed;
    }
  };
  const release = () => {
    client.off('error', ignore);
    client.release(broken !== undefined);
  };
  return { query, release } as unknown as KyselyClient;
}

/** Pool for Kysely whose errors are typed and contain neither the connection string nor a value. */
export function guardedPool(open: () => Promise<PostgresPool>): KyselyPool {
  return {
    async connect() {
      try {
        return guardedClient(await (await open()).connect());
      } catch (error) {
        throw toRegistryError(error);
      }
    },
    end: async () => undefined,
  };
}
