import type {
  CallOptions,
  CreateDatabaseRequest,
  ITursoPlatformService,
  TursoDatabaseInfo,
  TursoPlatformCapabilities,
  TursoTokenScope,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** Databases whose platform is remembered. The names of databases are never used again. */
const MOST_KNOWN = 10_000;

export type NamedPlatforms = ReadonlyMap<string, ITursoPlatformService>;

/** Null if no platform can copy an earlier state; one that cannot rejects itself. */
function longestGap(platforms: readonly ITursoPlatformService[]): number | null {
  const gaps = platforms.flatMap(({ supports }) => supports.pointInTimeGapMs ?? []);
  return gaps.length === 0 ? null : Math.max(...gaps);
}

function supportsOf(platforms: readonly ITursoPlatformService[]): TursoPlatformCapabilities {
  const all = (of: keyof TursoPlatformCapabilities) => platforms.every(({ supports }) => supports[of]);
  const any = (of: keyof TursoPlatformCapabilities) => platforms.some(({ supports }) => supports[of]);
  return {
    tokens: any('tokens'),
    access: all('access'),
    seed: all('seed'),
    sizeLimit: all('sizeLimit'),
    groups: any('groups'),
    retention: any('retention'),
    pointInTimeGapMs: longestGap(platforms),
  };
}

/** Several platforms as one. Each call goes to the platform that has the database. */
export class JoinedPlatform implements ITursoPlatformService {
  readonly supports: TursoPlatformCapabilities;
  readonly #platforms: NamedPlatforms;
  readonly #default: ITursoPlatformService;
  readonly #known = new Map<string, ITursoPlatformService>();
  readonly listPlacements?: NonNullable<ITursoPlatformService['listPlacements']>;

  /** New databases are created on the first platform, unless a request names another. */
  constructor(platforms: NamedPlatforms) {
    const [first] = platforms.values();
    if (!first) throw new Error('A joined platform has at least one platform.');
    this.#platforms = platforms;
    this.#default = first;
    this.supports = supportsOf([...platforms.values()]);
    if (first.listPlacements)
      this.listPlacements = (region) => first.listPlacements?.(region) ?? Promise.resolve([]);
  }

  async createDatabase(
    { dataPlane, ...request }: CreateDatabaseRequest,
    options?: CallOptions,
  ): Promise<TursoDatabaseInfo> {
    const { name, seed } = request;
    const platform = seed ? await this.#platformOf(seed.name) : this.#named(dataPlane);
    const created = await platform.createDatabase(request, options);
    this.#remember(name, platform);
    return created;
  }

  /** Idempotent on every platform, and some still retain what they no longer list. */
  async deleteDatabase(name: string, options?: CallOptions): Promise<void> {
    for (const platform of this.#platforms.values()) await platform.deleteDatabase(name, options);
  }

  async purgeDatabase(name: string, options?: CallOptions): Promise<void> {
    for (const platform of this.#platforms.values()) await platform.purgeDatabase(name, options);
  }

  async listDatabases(group?: string): Promise<TursoDatabaseInfo[]> {
    const lists: TursoDatabaseInfo[] = [];
    for (const platform of this.#platforms.values()) lists.push(...(await platform.listDatabases(group)));
    return lists.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async getDatabase(name: string): Promise<TursoDatabaseInfo | null> {
    return (await this.#find(name))?.info ?? null;
  }

  async createToken(name: string, scope: TursoTokenScope, expiresInSeconds?: number) {
    return (await this.#platformOf(name)).createToken(name, scope, expiresInSeconds);
  }

  async revokeToken(name: string, options?: CallOptions) {
    const platform = await this.#platformOf(name);
    // A database without tokens has none that is valid.
    if (!platform.supports.tokens) return { revoked: 'all_tokens_of_database' } as const;
    return platform.revokeToken(name, options);
  }

  async setDatabaseAccess(
    name: string,
    access: { blockReads: boolean; blockWrites: boolean },
    options?: CallOptions,
  ): Promise<void> {
    return (await this.#platformOf(name)).setDatabaseAccess(name, access, options);
  }

  async setSizeLimit(name: string, sizeLimitBytes: number, options?: CallOptions): Promise<void> {
    return (await this.#platformOf(name)).setSizeLimit(name, sizeLimitBytes, options);
  }

  async getDatabaseUsage(name: string) {
    return (await this.#platformOf(name)).getDatabaseUsage(name);
  }

  #named(dataPlane: string | undefined): ITursoPlatformService {
    const platform = dataPlane === undefined ? this.#default : this.#platforms.get(dataPlane);
    if (platform) return platform;
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `There is no data plane with this name; use ${[...this.#platforms.keys()].join(' or ')}.`,
    });
  }

  async #find(name: string) {
    const known = this.#known.get(name);
    for (const platform of known ? [known] : this.#platforms.values()) {
      const info = await platform.getDatabase(name);
      if (!info) continue;
      this.#remember(name, platform);
      return { info, platform };
    }
    return null;
  }

  /** An unknown database is reported by the first platform. */
  async #platformOf(name: string): Promise<ITursoPlatformService> {
    return this.#known.get(name) ?? (await this.#find(name))?.platform ?? this.#default;
  }

  #remember(name: string, platform: ITursoPlatformService): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(name, platform);
  }
}
