import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import { MISSING_FILE, READ_ONLY_FILE } from './map-error.js';
import { NativeClient } from './native-client.js';
import { assertTenantMarker } from './tenant-marker.js';

/** Kept small because the native call blocks the event loop while it waits. */
const NATIVE_BUSY_TIMEOUT_MS = 100;

export type Durability = 'full' | 'normal';

export interface LocalClient {
  readonly client: NativeClient;
  /** Identity of the file that was opened. */
  readonly identity: string;
  /** Identity of its write-ahead log. */
  readonly logIdentity: string | null;
  readonly durability: Durability;
  /** Tenant whose marker was found in the file. */
  provenTenantId?: string;
}

export interface OpenSettings {
  readonly create: boolean;
  readonly durability: Durability;
  readonly refuseLinks: boolean;
  readonly expectedTenantId: string | undefined;
}

/** Identity of the file, or null if it does not exist. */
export function identityOf(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  return file ? `${file.dev}:${file.ino}` : null;
}

const logOf = (path: string) => `${path}-wal`;

export function missingFile(): ObjectStackError {
  return new ObjectStackError({ code: MISSING_FILE.code, message: MISSING_FILE.text });
}

/** Rejects a symbolic link in place of the database or its log, because it could point to another tenant's data. */
export function assertNoLink(path: string): void {
  for (const file of [path, logOf(path), `${path}-shm`]) {
    if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    throw new ObjectStackError({
      code: 'database_invalid',
      message: 'The database file or its log is a symbolic link. Replace the link with the file itself.',
      details: { reason: 'symbolic_link' },
    });
  }
}

/**
 * Rejects a file that replaced the open one while the log of the previous file remained, because SQLite would write that
 * log into the new file.
 */
export function assertOwnLog(open: LocalClient, path: string): void {
  const log = statSync(logOf(path), { throwIfNoEntry: false });
  if (!log || log.size === 0 || open.logIdentity !== `${log.dev}:${log.ino}`) return;
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      'The database file was replaced while it was open, and its log still belongs to the previous file. Stop ' +
      'every process that uses it, then restore a database together with its own log.',
    details: { reason: 'file_replaced' },
  });
}

/** Checks the marker of an open file, once for each expected tenant. */
export async function proveTenant(open: LocalClient, expectedTenantId: string | undefined): Promise<void> {
  if (expectedTenantId === undefined || open.provenTenantId === expectedTenantId) return;
  await assertTenantMarker(async ({ sql }) => open.client.execute(sql), expectedTenantId);
  open.provenTenantId = expectedTenantId;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Creates the file here, because SQLite reports a file that cannot be created only as one that cannot be opened. */
function connect(path: string, exists: boolean): NativeClient {
  try {
    return new NativeClient(path, { busyTimeoutMs: NATIVE_BUSY_TIMEOUT_MS });
  } catch (error) {
    if (exists || isWritable(dirname(path))) throw error;
    const { code, text: message, details } = READ_ONLY_FILE;
    throw new ObjectStackError({ code, message, details });
  }
}

/** Opens the file with the settings of every connection. The marker is checked first, so that nothing is written before. */
export async function openLocalClient(path: string, settings: OpenSettings): Promise<LocalClient> {
  const { create, durability, refuseLinks, expectedTenantId } = settings;
  if (refuseLinks) assertNoLink(path);
  const before = identityOf(path);
  if (!create && before === null) throw missingFile();
  const client = connect(path, before !== null);
  try {
    await proveTenant({ client, identity: '', logIdentity: null, durability }, expectedTenantId);
    client.execute('PRAGMA journal_mode = WAL');
    client.execute(`PRAGMA synchronous = ${durability}`);
    client.execute('PRAGMA foreign_keys = ON');
    if (identityOf(logOf(path)) === null) client.execute('SELECT 1 FROM sqlite_schema LIMIT 1');
    const identity = identityOf(path);
    if (identity === null || (before !== null && identity !== before)) throw missingFile();
    const open: LocalClient = { client, identity, logIdentity: identityOf(logOf(path)), durability };
    if (expectedTenantId !== undefined) open.provenTenantId = expectedTenantId;
    return open;
  } catch (error) {
    client.close();
    throw error;
  }
}
