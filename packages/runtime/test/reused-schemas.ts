import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { SharedPostgres } from '@objectstack/testing';
import pg from 'pg';
import { afterAll, onTestFinished } from 'vitest';
import { postgresRegistry } from '../src/postgres/postgres-registry.js';

/** Where registries on PostgreSQL get their schemas and connections. */
export interface RegistrySchemas extends Pick<SharedPostgres, 'createSchema'> {
  /** Opens the registry of a schema, as another process would. */
  openRegistry(connectionString: string): ITenantRegistry;
}

/** New, empty schemas. */
export const newSchemas = (server: SharedPostgres): RegistrySchemas => ({
  createSchema: () => server.createSchema(),
  openRegistry: (connectionString) => postgresRegistry({ connectionString, maxConnections: 4 }),
});

interface UsedSchema {
  readonly connectionString: string;
  /** Removes all rows but the versions of the tables. */
  readonly clear: string;
}

/**
 * Schemas with the tables of an empty registry. Creating the tables and connecting to the server takes longer than most
 * tests, so that the schema of a test, without its rows, and its connections are those of the next one.
 */
export function reusedSchemas(server: SharedPostgres): RegistrySchemas {
  const free: UsedSchema[] = [];
  const pools = new Map<string, pg.Pool>();
  afterAll(async () => {
    for (const pool of pools.values()) await pool.end();
  });
  const create = async (): Promise<UsedSchema> => {
    const connectionString = await server.createSchema();
    const pool = new pg.Pool({ connectionString, max: 12 });
    // The server closes connections that still end when the database is dropped; without a listener, the event is an error.
    pool.on('error', () => undefined);
    pools.set(connectionString, pool);
    await postgresRegistry({ pool }).initialize();
    const { rows } = await pool.query(
      `SELECT string_agg(format('DELETE FROM %I.%I', schemaname, tablename), ';') AS clear FROM pg_tables
       WHERE schemaname = current_schema() AND tablename <> '_os_control_migration'`,
    );
    return { connectionString, clear: rows[0].clear };
  };
  return {
    async createSchema() {
      const used = free.pop();
      if (used) await server.query(used.clear);
      const schema = used ?? (await create());
      onTestFinished(() => void free.push(schema));
      return schema.connectionString;
    },
    openRegistry(connectionString) {
      const pool = pools.get(connectionString);
      if (!pool) throw new Error('The schema is of another file.');
      return postgresRegistry({ pool });
    },
  };
}
