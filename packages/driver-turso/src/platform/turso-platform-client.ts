import type {
  CallOptions,
  CreateDatabaseRequest,
  ITursoPlatformService,
  TursoDatabaseInfo,
  TursoPlatformCapabilities,
  TursoTokenScope,
} from '@objectstack/spec/contracts';
import type { TursoDatabaseToken, TursoDatabaseUsage } from '@objectstack/spec/data';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { assertDatabaseName } from './assert-database-name.js';
import { assertLifetime } from './assert-lifetime.js';
import { assertPointInTime, RESTORE_TIMEOUT_MS } from './assert-point-in-time.js';
import { assertSizeLimit } from './assert-size-limit.js';
import { expirationOf } from './expiration-of.js';
import { formatExpiration } from './format-expiration.js';
import { platformUrl } from './platform-url.js';
import { type ApiRequest, type ApiToken, RetryingApiClient, refusedAnswer } from './retrying-api-client.js';
import { readAnswer, TURSO_ANSWERS, toDatabaseInfo, toDatabaseUsage } from './turso-answers.js';
import { isDatabaseMissing, isNameTaken, type RefusedRequest, tursoRefusal } from './turso-refusal.js';

export interface TursoPlatformClientOptions {
  /** Slug of the Turso organization. */
  readonly organizationSlug: string;
  /** Group in which databases are created if a request names none. */
  readonly group?: string | undefined;
  /**
   * Groups whose databases `listDatabases` returns without an argument, so that those of other applications of the
   * organization are not taken for orphans. Absent: all groups.
   */
  readonly listedGroups?: readonly string[] | undefined;
  /** Token of the Platform API, or a function that returns it for each request, so that it can be rotated. */
  readonly platformToken: ApiToken;
  /** Base URL of the Platform API. Absent: `https://api.turso.tech`. */
  readonly apiUrl?: string | undefined;
  /** Maximum time of a call with all its attempts, in milliseconds. Absent: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Maximum time of one attempt, in milliseconds. Absent: 10,000. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Maximum number of retries of a call. Absent: 5. */
  readonly maxRetries?: number | undefined;
  /** Number of databases that are listed with one request. Absent: 100. */
  readonly pageSize?: number | undefined;
}

const LONGEST_HOST_LABEL = 63;

/** The documented format of a timestamp has whole seconds; a fraction is cut off, so that no later write is copied. */
const seedOf = ({ type, name, timestamp }: NonNullable<CreateDatabaseRequest['seed']>) => ({
  type,
  name,
  ...(timestamp !== undefined && { timestamp: `${new Date(timestamp).toISOString().slice(0, 19)}Z` }),
});

/**
 * Turso's Platform API. A token that is restricted to a group needs these scopes:
 *
 * | method                               | scope             |
 * | ------------------------------------ | ----------------- |
 * | `createDatabase`                     | `db:create`, and `read` to find a database after a lost answer |
 * | `getDatabase`, `listDatabases`, `getDatabaseUsage`, `checkGroup` | `read` |
 * | `createToken`                        | `db:mint-token`   |
 * | `setDatabaseAccess`, `setSizeLimit`  | `db:configure`    |
 * | `revokeToken`                        | `db:rotate-creds` |
 * | `deleteDatabase`                     | `db:delete`       |
 *
 * So a service that only registers tenants needs `read`, `db:create`, `db:configure` and `db:mint-token`; only the process
 * that destroys them needs `db:rotate-creds` and `db:delete`.
 */
export class TursoPlatformClient implements ITursoPlatformService {
  readonly supports: TursoPlatformCapabilities = {
    tokens: true,
    access: true,
    seed: true,
    sizeLimit: true,
    groups: true,
    retention: false,
    pointInTimeGapMs: 15_000,
  };
  readonly #api: RetryingApiClient;
  readonly #organization: string;
  readonly #group: string | undefined;
  readonly #listedGroups: ReadonlySet<string | undefined>;
  readonly #pageSize: string;

  /** Throws `configuration_invalid` for an `apiUrl` that would expose the token. */
  constructor(options: TursoPlatformClientOptions) {
    const { apiUrl = 'https://api.turso.tech', timeoutMs = 30_000, attemptTimeoutMs = 10_000 } = options;
    this.#api = new RetryingApiClient({
      baseUrl: platformUrl(apiUrl),
      token: options.platformToken,
      timeoutMs,
      attemptTimeoutMs,
      maxRetries: options.maxRetries ?? 5,
    });
    this.#organization = options.organizationSlug;
    this.#group = options.group;
    this.#listedGroups = new Set(options.listedGroups ?? [undefined]);
    this.#pageSize = String(options.pageSize ?? 100);
  }

  async createDatabase(
    request: CreateDatabaseRequest,
    options: CallOptions = {},
  ): Promise<TursoDatabaseInfo> {
    const { name, seed, sizeLimitBytes } = request;
    this.#assertName(name);
    if (seed) assertDatabaseName(seed.name);
    assertPointInTime(seed, this.supports);
    assertSizeLimit(sizeLimitBytes);
    const group = this.#groupOf(request);
    const answer = await this.#api.send({
      ...this.#databases('POST'),
      body: {
        name,
        group,
        ...(seed && { seed: seedOf(seed) }),
        ...(sizeLimitBytes !== undefined && { size_limit: String(sizeLimitBytes) }),
      },
      timeoutMs: seed?.timestamp === undefined ? undefined : RESTORE_TIMEOUT_MS,
      signal: options.signal,
    });
    if (answer.status === 200)
      return toDatabaseInfo(readAnswer(answer, TURSO_ANSWERS.database).database, group);
    if (!isNameTaken(answer))
      throw tursoRefusal(answer, { seedName: seed?.name, timestamp: seed?.timestamp, group });
    const own = answer.mayBeRepeated ? await this.getDatabase(name) : null;
    if (own && own.group === group) return own;
    throw new ObjectStackError({
      code: 'database_exists',
      message: `Database ${name} exists in the organization. Choose another name.`,
      details: { name },
    });
  }

  async deleteDatabase(name: string, options: CallOptions = {}): Promise<void> {
    this.#assertName(name);
    const answer = await this.#api.send({ ...this.#database('DELETE', name), signal: options.signal });
    if (answer.status !== 200 && !isDatabaseMissing(answer))
      throw tursoRefusal(answer, { databaseName: name });
  }

  /** Retains nothing: `deleteDatabase` is final. */
  async purgeDatabase(name: string, options: CallOptions = {}): Promise<void> {
    this.#assertName(name);
    throwIfAborted(options.signal);
  }

  async listDatabases(group?: string): Promise<TursoDatabaseInfo[]> {
    const found = new Map<string, TursoDatabaseInfo>();
    for (const one of group === undefined ? this.#listedGroups : [group])
      for (const database of await this.#listGroup(one)) found.set(database.name, database);
    return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async #listGroup(group: string | undefined): Promise<TursoDatabaseInfo[]> {
    const found: TursoDatabaseInfo[] = [];
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const answer = await this.#send({
        ...this.#databases('GET'),
        query: { group, limit: this.#pageSize, cursor },
      });
      const { databases, pagination } = readAnswer(answer, TURSO_ANSWERS.databases);
      found.push(...databases.map((database) => toDatabaseInfo(database)));
      cursor = pagination?.next || undefined;
      if (cursor !== undefined && seen.has(cursor)) throw refusedAnswer(200, 'a cursor was repeated');
      if (cursor !== undefined) seen.add(cursor);
    } while (cursor !== undefined);
    return found;
  }

  async getDatabase(name: string): Promise<TursoDatabaseInfo | null> {
    this.#assertName(name);
    const answer = await this.#api.send(this.#database('GET', name));
    if (answer.status === 200) return toDatabaseInfo(readAnswer(answer, TURSO_ANSWERS.database).database);
    if (isDatabaseMissing(answer)) return null;
    throw tursoRefusal(answer, { databaseName: name });
  }

  async createToken(
    name: string,
    scope: TursoTokenScope,
    expiresInSeconds?: number,
  ): Promise<TursoDatabaseToken> {
    this.#assertName(name);
    assertLifetime(expiresInSeconds);
    const query = { expiration: formatExpiration(expiresInSeconds), authorization: scope };
    const answer = await this.#send(
      { ...this.#database('POST', name, 'auth', 'tokens'), query },
      { databaseName: name },
    );
    const { jwt } = readAnswer(answer, TURSO_ANSWERS.token);
    const expiresAt = expirationOf(jwt, expiresInSeconds);
    return { jwt, ...(expiresAt !== undefined && { expiresAt }) };
  }

  async revokeToken(name: string, options: CallOptions = {}): Promise<{ revoked: 'all_tokens_of_database' }> {
    this.#assertName(name);
    const request = { ...this.#database('POST', name, 'auth', 'rotate'), signal: options.signal };
    await this.#send(request, { databaseName: name });
    return { revoked: 'all_tokens_of_database' };
  }

  async setDatabaseAccess(
    name: string,
    { blockReads, blockWrites }: { blockReads: boolean; blockWrites: boolean },
    options: CallOptions = {},
  ): Promise<void> {
    await this.#configure(name, { block_reads: blockReads, block_writes: blockWrites }, options);
  }

  async setSizeLimit(name: string, sizeLimitBytes: number, options: CallOptions = {}): Promise<void> {
    assertSizeLimit(sizeLimitBytes);
    await this.#configure(name, { size_limit: String(sizeLimitBytes) }, options);
  }

  async getDatabaseUsage(name: string): Promise<TursoDatabaseUsage> {
    this.#assertName(name);
    return toDatabaseUsage(await this.#send(this.#database('GET', name, 'usage'), { databaseName: name }));
  }

  /**
   * Verifies token, organization and group with one read. Rejects with `unauthorized`, and with `configuration_invalid`
   * or `configuration_incomplete`, whose details name the setting.
   */
  async checkGroup(): Promise<void> {
    const group = this.#groupOf({});
    await this.#send({ method: 'GET', path: [...this.#organizationPath(), 'groups', group] }, { group });
  }

  async #configure(name: string, body: object, { signal }: CallOptions): Promise<void> {
    this.#assertName(name);
    const request = { ...this.#database('PATCH', name, 'configuration'), body, signal };
    await this.#send(request, { databaseName: name });
  }

  /** The answer with status 200; any other is an error. */
  async #send(request: ApiRequest, about: RefusedRequest = {}) {
    const answer = await this.#api.send(request);
    if (answer.status !== 200) throw tursoRefusal(answer, about);
    return answer;
  }

  #organizationPath(): string[] {
    return ['v1', 'organizations', this.#organization];
  }

  #databases(method: ApiRequest['method']): ApiRequest {
    return { method, path: [...this.#organizationPath(), 'databases'] };
  }

  #database(method: ApiRequest['method'], name: string, ...more: string[]): ApiRequest {
    return { method, path: [...this.#organizationPath(), 'databases', name, ...more] };
  }

  #groupOf({ group = this.#group }: { group?: string | undefined }): string {
    if (group !== undefined) return group;
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: 'A database on Turso Cloud needs a group. Configure group, or pass it with the request.',
      details: { missing: ['group'] },
    });
  }

  /** Name and organization together are one label of the host name. */
  #assertName(name: string): void {
    assertDatabaseName(name);
    if (name.length + 1 + this.#organization.length <= LONGEST_HOST_LABEL) return;
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `The name of the database and of its organization together must have at most ${LONGEST_HOST_LABEL - 1} characters.`,
    });
  }
}
