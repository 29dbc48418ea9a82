import pg from 'pg';
import type { PostgresPool, PostgresPoolClient } from '../src/postgres/guarded-pool.js';

export interface TransactionPooler extends PostgresPool {
  /** Arguments of every statement so far. */
  readonly statements: readonly (readonly unknown[])[];
  end(): Promise<void>;
}

/**
 * Like a pooler in transaction mode: each transaction, and each statement outside of one, runs on another connection of the
 * server, so that nothing that a session keeps reaches the next statement.
 */
export function transactionPooler(connectionString: string): TransactionPooler {
  const servers = Array.from({ length: 3 }, () => {
    const server = new pg.Pool({ connectionString, max: 1 });
    // The server closes idle connections when the database is dropped; without a listener, the event ends the process.
    return server.on('error', () => undefined);
  });
  const statements: unknown[][] = [];
  let next = 0;
  const connect = async (): Promise<PostgresPoolClient> => {
    let transaction: pg.PoolClient | undefined;
    const end = () => {
      transaction?.release();
      transaction = undefined;
    };
    return {
      async query(...args) {
        statements.push(args);
        const [text, values] = args;
        const server = transaction ?? (await servers[next++ % servers.length]?.connect());
        if (!server) throw new Error('There is no server.');
        if (/^(begin|start transaction)\b/.test(text)) transaction = server;
        try {
          return await server.query(text, values);
        } finally {
          if (!transaction) server.release();
          else if (/^(commit|rollback)$/.test(text)) end();
        }
      },
      release: end,
      on: () => undefined,
      off: () => undefined,
    };
  };
  let ending: Promise<unknown> | undefined;
  const endAll = async () => {
    ending ??= Promise.all(servers.map((server) => server.end()));
    await ending;
  };
  return { connect, statements, end: endAll };
}
