import type { SharedPostgres } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import { postgresRegistry } from '../src/postgres/postgres-registry.js';

/** Where registries on PostgreSQL get their schemas. */
export type RegistrySchemas = Pick<SharedPostgres, 'createSchema'>;

interface UsedSchema {
  readonly connectionString: string;
  /** Removes all rows but the versions of the tables. */
  readonly clear: string;
}

/**
 * Schemas with the tables of an empty registry. Creating the tables takes longer than most tests, so that the schema of a
 * test, without its rows, is that of the next one.
 */
export function reusedSchemas(server: SharedPostgres): RegistrySchemas {
  const free: UsedSchema[] = [];
  const create = async (): Promise<UsedSchema> => {
    const connectionString = await server.createSchema();
    const registry = postgresRegistry({ connectionString, maxConnections: 1 });
    await registry.initialize();
    await registry.close();
    const { rows } = await server.run(
      connectionString,
      `SELECT string_agg(format('DELETE FROM %I.%I', schemaname, tablename), ';') AS clear FROM pg_tables
       WHERE schemaname = current_schema() AND tablename <> '_os_control_migration'`,
    );
    return { connectionString, clear: String(rows[0]?.clear) };
  };
  return {
    async createSchema() {
      const used = free.pop();
      if (used) await server.query(used.clear);
      const schema = used ?? (await create());
      onTestFinished(() => void free.push(schema));
      return schema.connectionString;
    },
  };
}
