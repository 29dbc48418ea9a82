import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { requestStarted } from './start-on-demand.js';

const serverUrl = async () =>
  process.env.OBJECTSTACK_TEST_POSTGRES_URL || requestStarted('OBJECTSTACK_TEST_POSTGRES_STARTER');

async function run(connectionString: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

const CONNECTIONS_END_WITHIN_MS = 5_000;

/**
 * Drops a database when its connections have ended. A pool that has ended is still closing them, and a connection that the
 * server ends is an error of the pool.
 */
async function dropDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const until = Date.now() + CONNECTIONS_END_WITHIN_MS;
    const isOpen = async () => {
      const text = 'SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = $1';
      return (await client.query<{ open: number }>(text, [name])).rows[0]?.open !== 0;
    };
    while (Date.now() < until && (await isOpen())) await pause(10);
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

export interface SharedPostgres {
  /** Connection string of a new, empty schema of the file's database. */
  createSchema(): Promise<string>;
  /** Runs statements without values on the connection that creates the schemas. */
  query(statements: string): Promise<void>;
  /** Runs a statement on a connection of its own. */
  run(connectionString: string, statement: string): Promise<pg.QueryResult>;
}

/**
 * A database of the real PostgreSQL server that the tests of a run share, for the tests of one file. Set
 * OBJECTSTACK_TEST_POSTGRES_URL to use another server.
 */
export function sharedPostgres(): SharedPostgres {
  const name = `objectstack_test_${randomUUID().replaceAll('-', '')}`;
  let server = '';
  let database = '';
  /** One connection creates all schemas, because opening one takes longer than the statement. */
  let pool: pg.Pool | undefined;
  beforeAll(async () => {
    server = await serverUrl();
    await run(server, `CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = name;
    database = url.href;
    pool = new pg.Pool({ connectionString: database, max: 1 });
  });
  afterAll(async () => {
    await pool?.end();
    await dropDatabase(server, name);
  });
  let schemas = 0;
  return {
    async createSchema() {
      const schema = `schema_${schemas++}`;
      await pool?.query(`CREATE SCHEMA ${schema}`);
      const url = new URL(database);
      url.searchParams.set('options', `-c search_path=${schema}`);
      return url.href;
    },
    async query(statements) {
      await pool?.query(statements);
    },
    run,
  };
}
