import { ObjectStackError } from '@objectstack/spec/shared';
import type { FileLimits } from './file-limits.js';
import type { NativeClient } from './native-client.js';

/** Largest number of pages that SQLite permits: no limit. */
const MOST_PAGES = 4_294_967_294;

/** Limits that a connection currently has. */
export interface AppliedLimits {
  isReadOnly: boolean;
  sizeLimitBytes: number | undefined;
}

export function blockedError(what: 'Reads' | 'Writes'): ObjectStackError {
  return new ObjectStackError({
    code: 'database_blocked',
    message: `${what} of the database are blocked. Permit them with setDatabaseAccess.`,
    details: { reason: what === 'Reads' ? 'reads_blocked' : 'writes_blocked' },
  });
}

function pagesOf(client: NativeClient, bytes: number | undefined): number {
  if (bytes === undefined) return MOST_PAGES;
  const pageSize = Number(client.execute('PRAGMA page_size').rows[0]?.page_size);
  return Math.max(1, Math.min(MOST_PAGES, Math.floor(bytes / pageSize)));
}

/**
 * Applies the limits to a connection, because SQLite stores neither of them. Throws `database_blocked` if reads are
 * blocked, which on a local file blocks everything: a write reads too.
 */
export function applyLimits(client: NativeClient, applied: AppliedLimits, limits: FileLimits): void {
  if (limits.blockReads) throw blockedError('Reads');
  if (applied.sizeLimitBytes !== limits.sizeLimitBytes) {
    client.execute(`PRAGMA max_page_count = ${pagesOf(client, limits.sizeLimitBytes)}`);
    applied.sizeLimitBytes = limits.sizeLimitBytes;
  }
  if (applied.isReadOnly !== limits.blockWrites) {
    client.execute(`PRAGMA query_only = ${limits.blockWrites ? 'ON' : 'OFF'}`);
    applied.isReadOnly = limits.blockWrites;
  }
}
