import { setTimeout as pause } from 'node:timers/promises';
import type { DataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';
import { connectionOf } from './existing-database.js';

const RETRY_MS = 200;
const ANSWERS_WITHIN_MS = 60_000;

/** The connection to a new database, which a remote platform may make known to its server some seconds later. */
export async function answeringDatabase(
  dataPlane: DataPlane,
  databaseName: string,
  signal: AbortSignal | undefined,
): Promise<Pick<TenantConnectionConfig, 'url' | 'databaseName'>> {
  const connection = await connectionOf(dataPlane, databaseName);
  const deadline = performance.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    try {
      await dataPlane.readTenantMarker(connection);
      return connection;
    } catch (error) {
      const isUnknown = ObjectStackError.isInstance(error, 'database_not_found');
      if (!isUnknown || performance.now() > deadline) throw error;
    }
    throwIfAborted(signal);
    await pause(RETRY_MS);
  }
}
