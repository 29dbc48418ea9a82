import type { DriverQuotas, IDataDriver } from '@objectstack/spec/contracts';
import type { TursoConfigInput } from '@objectstack/spec/data';
import { openConnection } from '../connection/open-connection.js';
import type { AuthToken } from '../connection/remote/token-source.js';
import { parseTursoConfig } from './parse-turso-config.js';
import { TursoDriver } from './turso-driver.js';

export interface TursoDriverOptions {
  /** Whether to reject a database without system tables. Absent: false. */
  readonly requireClaimed?: boolean;
  /**
   * Tenant whose marker the database must hold: checked at `connect`, and whenever a file is reopened. Any other
   * database is rejected with `database_invalid`. Absent: not checked.
   */
  readonly expectedTenantId?: string;
  /** Whether to reject a symbolic link in place of a file. Absent: false. */
  readonly refuseLinks?: boolean;
  /** Whether to apply the blocks and the size limit that a local platform has set for a file. Absent: false. */
  readonly limited?: boolean;
  /**
   * Whether `connect` creates a missing file; otherwise it rejects with `database_not_found`. A file that goes missing
   * later is never replaced. Absent: true, but false with `requireClaimed` or `expectedTenantId`, which an empty file
   * cannot satisfy.
   */
  readonly create?: boolean;
  /** Token of a remote database, or a function that returns it and is called again when the server rejects the last one. */
  readonly authToken?: AuthToken;
  /** Returns the quotas that every write of records is checked against. Absent: unlimited. */
  readonly quotas?: () => DriverQuotas;
}

/**
 * Creates a driver for a libSQL database: a file, which is created if it is missing; `:memory:`, created empty by
 * `connect` and discarded by `disconnect`; or a server at a `libsql:`, `https:` or, on this machine, `http:` URL.
 *
 * The directory of a file is never created: `connect` then rejects with `database_not_found`, with `database_blocked` if the
 * directory is read-only, and with `configuration_invalid` if the path cannot be that of a file.
 *
 * Throws `configuration_invalid`, and `not_supported` for an embedded replica.
 */
export function createTursoDriver(config: TursoConfigInput, options: TursoDriverOptions = {}): IDataDriver {
  const parsed = parseTursoConfig(config);
  const { requireClaimed = false, expectedTenantId } = options;
  const create = options.create ?? (!requireClaimed && expectedTenantId === undefined);
  return new TursoDriver({
    connection: openConnection(parsed, { ...options, createMissing: create }),
    transactionTimeoutMs: parsed.transactionTimeoutMs,
    requireClaimed,
    expectedTenantId,
    quotas: options.quotas,
  });
}
