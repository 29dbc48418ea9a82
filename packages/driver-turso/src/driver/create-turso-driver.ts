import { fileURLToPath } from 'node:url';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { type TursoConfig, type TursoConfigInput, TursoConfigSchema } from '@objectstack/spec/data';
import { notSupported, ObjectStackError } from '@objectstack/spec/shared';
import type { Connection } from '../connection/connection.js';
import { localFile } from '../connection/local-pool.js';
import { TursoDriver } from './turso-driver.js';

export interface TursoDriverOptions {
  /** Refuses a database without our tables. Absent: false. */
  readonly requireClaimed?: boolean;
}

function parseConfig(config: TursoConfigInput): TursoConfig {
  const parsed = TursoConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, message }));
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: 'The configuration of the driver is not valid.',
    details: { issues },
  });
}

function filePath(url: string): string {
  try {
    return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
  } catch {
    throw new ObjectStackError({ code: 'configuration_invalid', message: 'The file URL is not valid.' });
  }
}

function connectionOf({ url, busyTimeoutMs, durability }: TursoConfig, create: boolean): Connection {
  if (!url.startsWith('file:')) throw notSupported('remote_database', url.slice(0, url.indexOf(':') + 1));
  return localFile(filePath(url), { create, busyTimeoutMs, durability });
}

/**
 * A driver on a libSQL file. The file must exist; the driver neither makes nor deletes it.
 *
 * Throws `configuration_invalid`, and `not_supported` for a URL that is not `file:`.
 */
export function createTursoDriver(config: TursoConfigInput, options: TursoDriverOptions = {}): IDataDriver {
  const parsed = parseConfig(config);
  const { requireClaimed = false } = options;
  const connection = connectionOf(parsed, false);
  return new TursoDriver({ connection, transactionTimeoutMs: parsed.transactionTimeoutMs, requireClaimed });
}
