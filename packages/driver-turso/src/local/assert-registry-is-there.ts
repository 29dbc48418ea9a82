import { readdirSync, statSync } from 'node:fs';
import { ObjectStackError } from '@objectstack/spec/shared';
import { DATABASE_EXTENSION, type LocalLayout } from './local-layout.js';

const MOST_NAMES = 5;

function databasesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(DATABASE_EXTENSION))
      .map((file) => file.slice(0, -DATABASE_EXTENSION.length))
      .sort();
  } catch {
    return [];
  }
}

/** Refuses to begin an empty registry beside databases that only a lost one knows. */
export function assertRegistryIsThere({ controlFile, databases }: LocalLayout): void {
  if (statSync(controlFile, { throwIfNoEntry: false })?.size) return;
  const names = databasesIn(databases);
  if (names.length === 0) return;
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      `The registry (control.db) is missing or empty, but the data folder holds ${names.length} tenant ` +
      `database${names.length === 1 ? '' : 's'}. Restore control.db from a backup; or set createMissingRegistry, and ` +
      'adopt the databases into the new one.',
    details: { databaseCount: names.length, databaseNames: names.slice(0, MOST_NAMES) },
  });
}
