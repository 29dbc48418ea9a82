import { readdirSync, statSync } from 'node:fs';
import type { SqlDatabase } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { DATABASE_EXTENSION, type LocalLayout } from './local-layout.js';

const MAX_NAMES = 5;

function databasesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith(DATABASE_EXTENSION))
      .map((file) => file.slice(0, -DATABASE_EXTENSION.length))
      .sort();
  } catch {
    return [];
  }
}

/** A database without tables holds no registry, whether it was never written or its tables were dropped. */
async function hasTables(database: SqlDatabase): Promise<boolean> {
  const { rows } = await database.execute({
    sql: "SELECT 1 FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT 1",
  });
  return rows.length > 0;
}

/**
 * Throws `database_not_found` if tenant databases exist but the registry does not, instead of creating an empty registry.
 */
export async function assertRegistryExists(
  { controlFile, databases }: LocalLayout,
  controlDatabase: SqlDatabase,
): Promise<void> {
  const names = databasesIn(databases);
  if (names.length === 0) return;
  const size = statSync(controlFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && (await hasTables(controlDatabase))) return;
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      `The registry (control.db) is missing or empty, but the data directory holds ${names.length} tenant ` +
      `database${names.length === 1 ? '' : 's'}. Restore control.db from a backup; or set createMissingRegistry and ` +
      'adopt the databases into the new registry.',
    details: { databaseCount: names.length, databaseNames: names.slice(0, MAX_NAMES) },
  });
}
