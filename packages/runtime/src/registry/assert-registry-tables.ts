import { type Kysely, sql } from 'kysely';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables } from './registry-tables.js';

/** Rejects with the error of a statement if a table or column is missing: migrations that have run do not add it again. */
export async function assertRegistryTables(db: Kysely<RegistryTables>): Promise<void> {
  for (const [name, columns] of Object.entries(REGISTRY_COLUMNS))
    await sql`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(name)} limit 0`.execute(
      db,
    );
}
