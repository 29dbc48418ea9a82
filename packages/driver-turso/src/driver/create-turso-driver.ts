import type { IDataDriver } from '@objectstack/spec/contracts';
import { type TursoConfig, type TursoConfigInput, TursoConfigSchema } from '@objectstack/spec/data';
import { issuesOf, ObjectStackError } from '@objectstack/spec/shared';
import { openConnection } from '../connection/open-connection.js';
import type { AuthToken } from '../connection/remote/token-source.js';
import { TursoDriver } from './turso-driver.js';

export interface TursoDriverOptions {
  /** Refuses a database without our tables. Absent: false. */
  readonly requireClaimed?: boolean;
  /**
   * Tenant whose marker the database must hold: checked at `connect`, and whenever a file is opened again. Any other
   * database is refused as `database_invalid`. Absent: not checked.
   */
  readonly expectedTenantId?: string;
  /** Refuses a symbolic link in the place of a file. Absent: false. */
  readonly refuseLinks?: boolean;
  /**
   * Creates a missing file at `connect`; otherwise that is `database_not_found`. A file that goes missing later is never
   * replaced. Absent: true, but false with `requireClaimed` or `expectedTenantId`, where an empty file can only be wrong.
   */
  readonly createMissing?: boolean;
  /** Token of a remote database, or what gives one; it is asked again when the server refuses the last. */
  readonly authToken?: AuthToken;
}

function parseConfig(config: TursoConfigInput): TursoConfig {
  const parsed = TursoConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'configuration_invalid',
    message: 'The configuration of the driver is not valid.',
    details: { issues: issuesOf(parsed.error) },
  });
}

/**
 * A driver on a libSQL database: a file, which is created if it is missing; `:memory:`, empty at `connect` and gone at `disconnect`; or a server behind `libsql:`, `https:` or, on this machine, `http:`.
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
