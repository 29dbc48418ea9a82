import type {
  CallOptions,
  CreateDatabaseRequest,
  ITursoPlatformService,
  TursoDatabaseInfo,
  TursoPlatformCapabilities,
  TursoTokenScope,
} from '@objectstack/spec/contracts';
import { type ErrorCode, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { isSupported } from '../turso-platform/platform-check.js';
import type { PlatformTestDatabase } from '../turso-platform/platform-trial.js';

const EMPTY_BYTES = 4_096;
const ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;

export interface MemoryPlatformDatabase {
  readonly dbId: string;
  readonly group: string | undefined;
  readonly texts: string[];
  readonly createdAt: number;
  /** Times of the texts, in milliseconds since the epoch. */
  readonly writtenAt: number[];
  blocks: { blockReads: boolean; blockWrites: boolean };
  sizeLimitBytes: number;
  /** Tokens that were signed with an earlier key are invalid. */
  key: number;
  isDeleted: boolean;
}

interface MemoryToken {
  readonly name: string;
  readonly key: number;
  readonly scope: TursoTokenScope;
  readonly expiresAt: number;
}

export const refuse = (code: ErrorCode): ObjectStackError =>
  new ObjectStackError({ code, message: `Refused with ${code}.` });

const sizeOf = ({ texts }: MemoryPlatformDatabase) =>
  texts.reduce((sum, text) => sum + text.length, EMPTY_BYTES);

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;

/** The known-good platform: databases are lists of texts in memory. */
export class MemoryPlatform implements ITursoPlatformService {
  readonly databases = new Map<string, MemoryPlatformDatabase>();
  readonly tokens = new Map<string, MemoryToken>();
  supports: TursoPlatformCapabilities;
  created = 0;

  constructor(supports: TursoPlatformCapabilities) {
    this.supports = supports;
  }

  async createDatabase(
    { name, group, seed, sizeLimitBytes }: CreateDatabaseRequest,
    options: CallOptions = {},
  ): Promise<TursoDatabaseInfo> {
    this.begin(name, options);
    if (seed) this.assertSupported('seed');
    if (seed?.timestamp !== undefined) this.assertSupported('pointInTimeGapMs');
    if (sizeLimitBytes !== undefined) this.assertSupported('sizeLimit');
    if (sizeLimitBytes !== undefined && !isCount(sizeLimitBytes)) throw refuse('invalid_request');
    if (this.databases.has(name)) throw refuse('database_exists');
    const texts = seed ? this.textsOf(seed) : [];
    this.databases.set(name, {
      dbId: `id-${this.created++}`,
      group,
      texts: [...texts],
      createdAt: Date.now(),
      writtenAt: texts.map(() => Date.now()),
      blocks: { blockReads: false, blockWrites: false },
      sizeLimitBytes: sizeLimitBytes ?? Number.POSITIVE_INFINITY,
      key: 0,
      isDeleted: false,
    });
    return this.info(name);
  }

  async deleteDatabase(name: string, options: CallOptions = {}): Promise<void> {
    this.begin(name, options);
    const database = this.databases.get(name);
    if (database) database.isDeleted = true;
    if (!this.supports.retention) this.databases.delete(name);
  }

  async purgeDatabase(name: string, options: CallOptions = {}): Promise<void> {
    this.begin(name, options);
    if (this.databases.get(name)?.isDeleted) this.databases.delete(name);
  }

  async listDatabases(group?: string): Promise<TursoDatabaseInfo[]> {
    const live = [...this.databases].filter(([, database]) => !database.isDeleted);
    const selected = live.filter(([, database]) => group === undefined || database.group === group);
    return selected.map(([name]) => this.info(name)).sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async getDatabase(name: string): Promise<TursoDatabaseInfo | null> {
    this.begin(name);
    return this.databases.get(name)?.isDeleted === false ? this.info(name) : null;
  }

  async createToken(name: string, scope: TursoTokenScope, expiresInSeconds?: number) {
    this.begin(name);
    this.assertSupported('tokens');
    if (expiresInSeconds !== undefined && !isCount(expiresInSeconds)) throw refuse('invalid_request');
    const { key } = this.find(name);
    const jwt = `token-${this.tokens.size}`;
    const expiresAt = Date.now() + (expiresInSeconds ?? Number.POSITIVE_INFINITY) * 1_000;
    this.tokens.set(jwt, { name, key, scope, expiresAt });
    return { jwt, ...(expiresInSeconds && { expiresAt: new Date(expiresAt).toISOString() }) };
  }

  async revokeToken(name: string, options: CallOptions = {}) {
    this.begin(name, options);
    this.assertSupported('tokens');
    this.find(name).key++;
    return { revoked: 'all_tokens_of_database' } as const;
  }

  async setDatabaseAccess(
    name: string,
    { blockReads, blockWrites }: MemoryPlatformDatabase['blocks'],
    options: CallOptions = {},
  ): Promise<void> {
    this.begin(name, options);
    this.assertSupported('access');
    this.find(name).blocks = { blockReads, blockWrites };
  }

  async setSizeLimit(name: string, sizeLimitBytes: number, options: CallOptions = {}): Promise<void> {
    this.begin(name, options);
    this.assertSupported('sizeLimit');
    if (!isCount(sizeLimitBytes)) throw refuse('invalid_request');
    this.find(name).sizeLimitBytes = sizeLimitBytes;
  }

  async getDatabaseUsage(name: string) {
    this.begin(name);
    return { rowsRead: null, rowsWritten: null, storageBytes: sizeOf(this.find(name)) };
  }

  /** Access to the content of a database. */
  access(name: string, token: string | undefined): PlatformTestDatabase {
    return {
      read: async () => {
        this.assertToken(name, token, 'read');
        const { texts, blocks } = this.find(name);
        if (blocks.blockReads) throw refuse('database_blocked');
        return [...texts];
      },
      write: async (text) => {
        this.assertToken(name, token, 'write');
        const database = this.find(name);
        if (database.blocks.blockWrites) throw refuse('database_blocked');
        if (sizeOf(database) + text.length > database.sizeLimitBytes) throw refuse('database_full');
        database.texts.push(text);
        database.writtenAt.push(Date.now());
      },
    };
  }

  assertToken(name: string, jwt: string | undefined, use: 'read' | 'write'): void {
    if (!this.supports.tokens) return;
    const { key } = this.find(name);
    const token = this.tokens.get(jwt ?? '');
    const isValid = token?.name === name && token.key === key && token.expiresAt > Date.now();
    if (!isValid || (use === 'write' && token.scope === 'read-only')) throw refuse('unauthorized');
  }

  info(name: string): TursoDatabaseInfo {
    const { dbId, group, blocks } = this.find(name);
    return { name, dbId, url: `libsql://${name}.example.com`, ...(group && { group }), ...blocks };
  }

  find(name: string): MemoryPlatformDatabase {
    const database = this.databases.get(name);
    if (!database || database.isDeleted) throw refuse('database_not_found');
    return database;
  }

  begin(name: string, { signal }: CallOptions = {}): void {
    if (!ID_PATTERN.test(name)) throw refuse('invalid_request');
    throwIfAborted(signal);
  }

  textsOf({ name, timestamp }: NonNullable<CreateDatabaseRequest['seed']>): readonly string[] {
    const { texts, writtenAt, createdAt } = this.find(name);
    if (timestamp === undefined) return texts;
    const time = Date.parse(timestamp);
    if (Number.isNaN(time)) throw refuse('invalid_request');
    if (time > Date.now() || time < createdAt) throw refuse('point_in_time_unavailable');
    return texts.filter((_, index) => (writtenAt[index] ?? 0) <= time);
  }

  assertSupported(capability: keyof TursoPlatformCapabilities): void {
    if (!isSupported(this.supports, capability)) throw refuse('not_supported');
  }
}
