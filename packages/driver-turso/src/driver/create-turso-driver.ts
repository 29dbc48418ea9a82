import type { IDataDriver } from '@objectstack/spec/contracts';
import { type TursoConfig, type TursoConfigInput, TursoConfigSchema } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { filePathOf } from '../connection/file-path.js';
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

/**
 * A driver on a libSQL file. The file must exist; the driver neither makes nor deletes it.
 *
 * Throws `configuration_invalid`, and `not_supported` for a URL that is not `file:`.
 */
export function createTursoDriver(config: TursoConfigInput, options: TursoDriverOptions = {}): IDataDriver {
  const { url, busyTimeoutMs, durability, transactionTimeoutMs } = parseConfig(config);
  const connection = localFile(filePathOf(url), { busyTimeoutMs, durability });
  return new TursoDriver({
    connection,
    transactionTimeoutMs,
    requireClaimed: options.requireClaimed ?? false,
  });
}
