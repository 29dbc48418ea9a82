import type {
  ITursoPlatformService,
  TursoDatabaseInfo,
  TursoPlatformCapabilities,
} from '@objectstack/spec/contracts';
import { notSupported, ObjectStackError } from '@objectstack/spec/shared';
import { assertDatabaseName } from './assert-database-name.js';

const refuse = async (): Promise<never> => {
  throw notSupported('platform_token');
};

const unknown = async (databaseName: string): Promise<never> => {
  assertDatabaseName(databaseName);
  throw new ObjectStackError({
    code: 'database_not_found',
    message: `The usage of database ${databaseName} is not known without a platform token.`,
    details: { databaseName },
  });
};

/** A platform without a Platform API: all databases are created, blocked and deleted elsewhere. */
export class UnmanagedPlatform implements ITursoPlatformService {
  readonly supports: TursoPlatformCapabilities = {
    tokens: false,
    access: false,
    seed: false,
    sizeLimit: false,
    groups: false,
    retention: false,
    pointInTimeGapMs: null,
  };
  readonly createDatabase = refuse;
  readonly createToken = refuse;
  readonly revokeToken = refuse;
  readonly setDatabaseAccess = refuse;
  readonly setSizeLimit = refuse;
  readonly getDatabaseUsage = unknown;

  /** Deletes nothing. */
  async deleteDatabase(name: string): Promise<void> {
    assertDatabaseName(name);
  }

  /** Deletes nothing. */
  async purgeDatabase(name: string): Promise<void> {
    assertDatabaseName(name);
  }

  async listDatabases(): Promise<TursoDatabaseInfo[]> {
    return [];
  }

  async getDatabase(name: string): Promise<TursoDatabaseInfo | null> {
    assertDatabaseName(name);
    return null;
  }
}
