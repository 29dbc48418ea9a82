import type { IDataDriver } from '@objectstack/spec/contracts';
import { type TursoConfig, type TursoConfigInput, TursoConfigSchema } from '@objectstack/spec/data';
import { issuesOf, ObjectStackError } from '@objectstack/spec/shared';
import { openConnection } from '../connection/open-connection.js';
import type { AuthToken } from '../connection/remote/token-source.js';
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
  /**
   * Whether `connect` creates a missing file; otherwise it rejects with `database_not_found`. A file that goes missing
   * later is never replaced. Absent: true, but false with `requireClaimed` or `expectedTenantId`, which an empty file
   * cannot satisfy.
   */
  readonly createMissing?: boolean;
  /** Token of a remote database, or a function that returns it and is called again when the server rejects the last one. */
  readonly authToken?: AuthToken;
}

function parseConfig(config: TursoConfigInput): TursoConfig {
  const parsed = TursoConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: 'The configuration of the driver is invalid. details.issues lists the violations.',
    details: { issues: issuesOf(parsed.error) },
  });
}

/**
 * Creates a driver for a libSQL database: a file, which is created if it is missing; `:memory:`, created empty by
 * `connect` and discarded by `disconnect`; or a server at a `libsql:`, `https:` or, on this machine, `http:` URL.
 *
 * Throws `configuration_invalid`, and `not_supported` for an embedded replica.
 */
export function createTursoDriver(config: TursoConfigInput, options: TursoDriverOptions = {}): IDataDriver {
  const parsed = parseConfig(config);
  const { requireClaimed = false, expectedTenantId } = options;
  const createMissing = options.createMissing ?? (!requireClaimed && expectedTenantId === undefined);
  return new TursoDriver({
    connection: openConnection(parsed, { ...options, createMissing }),
    transactionTimeoutMs: parsed.transactionTimeoutMs,
    requireClaimed,
    expectedTenantId,
  });
}
