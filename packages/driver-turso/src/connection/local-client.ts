import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppliedLimits } from './apply-limits.js';
import { MISSING_FILE, READ_ONLY_FILE } from './map-error.js';
import { NativeClient } from './native-client.js';
import { readingPath } from './path-error.js';
import { assertTenantMarker, TENANT_MARKER, toMarker } from './tenant-marker.js';

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
  readonly limits: AppliedLimits;
  /** Tenant whose marker was found in the file. */
  provenTenantId?: string;
}

export interface OpenSettings {
  readonly create: boolean;
  readonly durability: Durability;
  readonly refuseLinks: boolean;
  readonly expectedTenantId: string | undefined;
}

const statOf = (path: string) => readingPath(() => statSync(path, { throwIfNoEntry: false }));

/** Identity of the file, or null if it does not exist. */
export function identityOf(path: string): string | null {
  const file = statOf(path);
  return file ? `${file.dev}:${file.ino}` : null;
}

const logOf = (path: string) => `${path}-wal`;

export function missingFile(): ObjectStackError {
  return new ObjectStackError({ code: MISSING_FILE.code, message: MISSING_FILE.text });
}

const MISSING_DIRECTORY =
  'The directory of the database file does not exist. Create the directory, or correct the path of the database.';

const READ_ONLY_FOLDER =
  'The database file does not exist and cannot be created, because its directory is read-only. Make the directory writable ' +
  'for the user of this process, or correct the path of the database.';

/** Rejects a symbolic link in place of the database or its log, because it could point to another tenant's data. */
export function assertNoLink(path: string): void {
  for (const file of [path, logOf(path), `${path}-shm`]) {
    const found = readingPath(() => lstatSync(file, { throwIfNoEntry: false }));
    if (!found?.isSymbolicLink()) continue;
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
  const log = statOf(logOf(path));
  if (!log || log.size === 0 || open.logIdentity !== `${log.dev}:${log.ino}`) return;
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      'The database file was replaced while it was open, and its log still belongs to the previous file. Stop ' +
      'every process that uses it, then restore a database together with its own log.',
    details: { reason: 'file_replaced' },
  });
}

type Provable = Pick<LocalClient, 'client' | 'provenTenantId'>;

/** Whether the file has the marker of the tenant: one statement. If not, {@link assertTenantMarker} finds out why. */
function hasMarkerOf(client: NativeClient, tenantId: string): boolean {
  try {
    return toMarker(client.execute(TENANT_MARKER))?.tenantId === tenantId;
  } catch {
    return false;
  }
}

/** Checks the marker of an open file, once for each expected tenant. */
export async function proveTenant(open: Provable, expectedTenantId: string | undefined): Promise<void> {
  if (expectedTenantId === undefined || open.provenTenantId === expectedTenantId) return;
  if (!hasMarkerOf(open.client, expectedTenantId))
    await assertTenantMarker(async ({ sql }) => open.client.execute(sql), expectedTenantId);
  open.provenTenantId = expectedTenantId;
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why a missing file cannot be created. SQLite reports it only as a file that cannot be opened. */
function creationError(path: string, error: unknown): unknown {
  const directory = dirname(path);
  if (!statOf(directory))
    return new ObjectStackError({ code: MISSING_FILE.code, message: MISSING_DIRECTORY });
  if (isWritable(directory)) return error;
  const { code, details } = READ_ONLY_FILE;
  return new ObjectStackError({ code, message: READ_ONLY_FOLDER, details });
}

function connect(path: string, exists: boolean): NativeClient {
  try {
    return new NativeClient(path, { busyTimeoutMs: NATIVE_BUSY_TIMEOUT_MS });
  } catch (error) {
    throw exists ? error : creationError(path, error);
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
    await proveTenant({ client }, expectedTenantId);
    client.executeAll([
      'PRAGMA journal_mode = WAL',
      `PRAGMA synchronous = ${durability}`,
      'PRAGMA foreign_keys = ON',
    ]);
    if (identityOf(logOf(path)) === null) client.execute('SELECT 1 FROM sqlite_schema LIMIT 1');
    const identity = identityOf(path);
    if (identity === null || (before !== null && identity !== before)) throw missingFile();
    const limits = { isReadOnly: false, sizeLimitBytes: undefined };
    const open: LocalClient = { client, identity, logIdentity: identityOf(logOf(path)), durability, limits };
    if (expectedTenantId !== undefined) open.provenTenantId = expectedTenantId;
    return open;
  } catch (error) {
    client.close();
    throw error;
  }
}
