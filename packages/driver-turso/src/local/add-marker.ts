import { NativeClient } from '../connection/native-client.js';
import { FORMAT_VERSION } from '../schema/create-system-tables.js';
import { textLiteral } from '../schema/text-literal.js';

/*
 * The file of a new database gets its marker before it appears. No other connection has it open, and it is synced as a whole
 * afterwards, so the statements do not wait for the disk. Prepared statements would keep the closed file open until the next
 * garbage collection.
 */

/** Whether the marker of a tenant can be written to a file: a claim writes that of any other as a parameter. */
export const canBeMarked = (tenantId: string): boolean => /^[\w.-]+$/.test(tenantId);

function runUnsynced(path: string, statement: string): void {
  const client = new NativeClient(path);
  try {
    client.executeAll(['PRAGMA synchronous = OFF', statement, 'PRAGMA wal_checkpoint(TRUNCATE)']);
  } finally {
    client.close();
  }
}

const lacksMarkers = (error: unknown) => (error as { code?: unknown }).code === 'SQLITE_ERROR';

/** Statement that adds the marker of a tenant. */
export function insertMarker(tenantId: string): string {
  const now = textLiteral(new Date().toISOString());
  const values = `${textLiteral(tenantId)}, ${FORMAT_VERSION}, ${now}, ${now}`;
  return `INSERT INTO _os_tenant (id, format_version, created_at, updated_at) VALUES (${values})`;
}

/** Adds the marker of a tenant to a database that has the system tables and no marker. */
export const addMarker = (path: string, tenantId: string): void => runUnsynced(path, insertMarker(tenantId));

/** Replaces the marker of a copy if it is that of the original; a claim rejects any other database. */
export function replaceMarker(path: string, { from, to }: { from: string; to: string }): void {
  const now = textLiteral(new Date().toISOString());
  const isOnly = `id = ${textLiteral(from)} AND (SELECT count(*) FROM _os_tenant) = 1`;
  try {
    runUnsynced(
      path,
      `UPDATE _os_tenant SET id = ${textLiteral(to)}, created_at = ${now}, updated_at = ${now} WHERE ${isOnly}`,
    );
  } catch (error) {
    if (!lacksMarkers(error)) throw error;
  }
}
