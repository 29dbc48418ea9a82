import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { ApiError, databaseNotFound, groupNotFound } from './api-error.js';
import { INSTANT } from './instant.js';
import { parseSize } from './parse-size.js';
import { SigningKey } from './signing-key.js';
import type { SqldServer } from './sqld-server.js';
import type { EmulatedDatabase, State } from './state.js';

const NAME_PATTERN = /^[a-z0-9-]{1,64}$/;
/** Of the plan without costs. */
const RETENTION_MS = 86_400_000;
const SIZE_SQL = 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()';

export interface NewDatabase {
  readonly name: string;
  readonly group: string;
  readonly seed?: { type: string; name?: string | undefined; timestamp?: string | undefined } | undefined;
  readonly size_limit?: string | undefined;
}

export interface DatabaseChange {
  readonly size_limit?: string | undefined;
  readonly allow_attach?: boolean | undefined;
  readonly block_reads?: boolean | undefined;
  readonly block_writes?: boolean | undefined;
  readonly delete_protection?: boolean | undefined;
  readonly allowed_ips?: string[] | null | undefined;
  readonly allowed_aws_vpc_ids?: string[] | null | undefined;
}

interface DatabasesSettings {
  /** Time after its creation from which a database answers, in milliseconds. */
  readonly servedAfterMs: number;
  /** Whether the server keeps earlier states of its databases. */
  readonly isBackedUp: boolean;
}

/** The databases of the organization: namespaces of the libSQL server, each with a signing key of its own. */
export class Databases {
  readonly #server: SqldServer;
  readonly #state: State;
  readonly #settings: DatabasesSettings;
  /** The last change of each database that is in progress. */
  readonly #changes = new Map<string, Promise<unknown>>();
  /** Names whose creation has begun. */
  readonly #reserved = new Set<string>();

  constructor(server: SqldServer, state: State, settings: DatabasesSettings) {
    this.#server = server;
    this.#state = state;
    this.#settings = settings;
  }

  find(name: string): EmulatedDatabase {
    const database = this.#state.databases.get(name);
    if (!database) throw databaseNotFound(name);
    return database;
  }

  async create({ name, group, seed, size_limit }: NewDatabase): Promise<EmulatedDatabase> {
    if (!NAME_PATTERN.test(name)) throw new ApiError(400, 'invalid database name');
    if (!this.#state.groups.has(group)) throw groupNotFound(400);
    if (size_limit !== undefined) parseSize(size_limit);
    const parent = this.#parentOf(seed);
    const timestamp = parent && this.#timestampOf(seed, parent);
    if (this.#state.databases.has(name) || this.#reserved.has(name))
      throw new ApiError(409, `database with name ${name} already exists`);
    const database: EmulatedDatabase = {
      name,
      dbId: randomUUID(),
      group,
      createdAt: Date.now(),
      parent: parent && { id: parent.dbId, name: parent.name, branched_at: new Date().toISOString() },
      servedFrom: Date.now() + this.#settings.servedAfterMs,
      key: new SigningKey(),
      sizeLimit: size_limit,
      blockReads: false,
      blockWrites: false,
      deleteProtection: false,
      allowAttach: false,
      allowedIps: [],
      allowedVpcs: [],
    };
    this.#reserved.add(name);
    try {
      const path = parent ? `${parent.name}/fork/${name}` : `${name}/create`;
      const fork = timestamp ? { timestamp } : {};
      await this.#admin('POST', path, parent ? fork : configurationOf(database));
      if (parent) await this.#admin('POST', `${name}/config`, configurationOf(database));
      this.#state.databases.set(name, database);
      this.#state.save();
    } finally {
      this.#reserved.delete(name);
    }
    return database;
  }

  delete(name: string): Promise<void> {
    return this.#inTurn(name, () => this.#delete(this.find(name)));
  }

  async #delete(database: EmulatedDatabase): Promise<void> {
    const { name } = database;
    const { deleteProtection } = this.#state.groups.get(database.group) ?? { deleteProtection: false };
    if (database.deleteProtection || deleteProtection)
      throw new ApiError(400, `database ${name} has delete protection enabled`);
    await this.#admin('DELETE', name);
    this.#state.databases.delete(name);
    this.#state.save();
  }

  configure(name: string, change: DatabaseChange): Promise<EmulatedDatabase> {
    if (change.size_limit !== undefined) parseSize(change.size_limit);
    return this.#inTurn(name, () => this.#configure(this.find(name), change));
  }

  /** Replaces the key of a database, which invalidates its tokens. */
  rotate(name: string): Promise<void> {
    return this.#inTurn(name, () => this.#replace({ ...this.find(name), key: new SigningKey() }));
  }

  async #configure(database: EmulatedDatabase, change: DatabaseChange): Promise<EmulatedDatabase> {
    const changed = {
      ...database,
      sizeLimit: change.size_limit ?? database.sizeLimit,
      blockReads: change.block_reads ?? database.blockReads,
      blockWrites: change.block_writes ?? database.blockWrites,
      deleteProtection: change.delete_protection ?? database.deleteProtection,
      allowAttach: change.allow_attach ?? database.allowAttach,
      allowedIps: change.allowed_ips === undefined ? database.allowedIps : (change.allowed_ips ?? []),
      allowedVpcs:
        change.allowed_aws_vpc_ids === undefined ? database.allowedVpcs : (change.allowed_aws_vpc_ids ?? []),
    };
    await this.#replace(changed);
    return changed;
  }

  /** Rows since the server started, and the current size. */
  async usage(name: string) {
    const { body } = await this.#admin('GET', `${name}/stats`);
    const {
      rows_read_count = 0,
      rows_written_count = 0,
      storage_bytes_used = 0,
    } = (body ?? {}) as Record<string, number>;
    const bytes = await this.#size(this.find(name));
    return {
      rows_read: rows_read_count,
      rows_written: rows_written_count,
      storage_bytes: bytes ?? storage_bytes_used,
      bytes_synced: 0,
    };
  }

  /** Host header with which the server finds a database. */
  hostOf = (name: string) => `${name}.local`;

  /** One change of a database at a time: each sends the whole configuration, as the one before it has left it. */
  async #inTurn<T>(name: string, change: () => Promise<T>): Promise<T> {
    const before = this.#changes.get(name);
    const running = (async () => {
      await before?.catch(() => undefined);
      return change();
    })();
    this.#changes.set(name, running);
    try {
      return await running;
    } finally {
      if (this.#changes.get(name) === running) this.#changes.delete(name);
    }
  }

  async #replace(database: EmulatedDatabase): Promise<void> {
    await this.#admin('POST', `${database.name}/config`, configurationOf(database));
    this.#state.databases.set(database.name, database);
    this.#state.save();
  }

  #parentOf(seed: NewDatabase['seed']): EmulatedDatabase | null {
    if (!seed) return null;
    if (seed.type !== 'database')
      throw new ApiError(400, `seed type ${seed.type} is not supported by the emulator`);
    const parent = this.#state.databases.get(seed.name ?? '');
    if (!parent) throw new ApiError(400, `could not find database with name ${seed.name}`);
    return parent;
  }

  /**
   * The time of the state to copy, as the server expects it: a second in which no write after the timestamp was recorded.
   * The answers to timestamps that are not available are plausible rather than observed.
   */
  #timestampOf(seed: NewDatabase['seed'], { createdAt }: EmulatedDatabase): string | undefined {
    const { timestamp } = seed ?? {};
    if (timestamp === undefined) return undefined;
    const time = INSTANT.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
    if (Number.isNaN(time)) throw new ApiError(400, `invalid seed timestamp: ${timestamp}`);
    if (!this.#settings.isBackedUp)
      throw new ApiError(400, 'seed timestamp: the emulator was started without a backup to go back in');
    if (time > Date.now()) throw new ApiError(400, `seed timestamp ${timestamp} is in the future`);
    if (time < Date.now() - RETENTION_MS)
      throw new ApiError(400, `seed timestamp ${timestamp} is not within the last 24 hours`);
    if (time < createdAt)
      throw new ApiError(400, `seed timestamp ${timestamp} is before the database was created`);
    return new Date(Math.floor(time / 1_000 - 1) * 1_000).toISOString().slice(0, 19);
  }

  async #admin(method: string, path: string, body?: object) {
    const answer = await this.#server.admin(method, path, body);
    if (answer.status !== 200) throw new ApiError(500, `libSQL server: status ${answer.status}`);
    return answer;
  }

  /** The server counts bytes only periodically, so the database itself is asked; null if its reads are blocked. */
  async #size({ name, key }: EmulatedDatabase): Promise<number | null> {
    const token = key.sign({ id: name, a: 'ro', iat: Math.floor(Date.now() / 1_000), jti: randomUUID() });
    const requests = [{ type: 'execute', stmt: { sql: SIZE_SQL } }, { type: 'close' }];
    const text = await new Promise<string>((resolve, reject) => {
      const headers = {
        host: this.hostOf(name),
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      };
      const options = {
        host: '127.0.0.1',
        port: this.#server.port,
        path: '/v3/pipeline',
        method: 'POST',
        headers,
      };
      const sent = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => resolve(Buffer.concat(chunks).toString()));
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ baton: null, requests }));
    });
    const value = JSON.parse(text).results?.[0]?.response?.result?.rows?.[0]?.[0]?.value;
    return value === undefined ? null : Number(value);
  }
}

/** Configuration of a namespace. It is always sent as a whole, because the server replaces all of it. */
function configurationOf({ key, blockReads, blockWrites, sizeLimit, allowAttach }: EmulatedDatabase): object {
  const isBlocked = blockReads || blockWrites;
  return {
    jwt_key: key.publicText,
    block_reads: blockReads,
    block_writes: blockWrites,
    ...(isBlocked && { block_reason: 'blocked through the Platform API' }),
    ...(sizeLimit !== undefined && { max_db_size: `${parseSize(sizeLimit)}` }),
    allow_attach: allowAttach,
  };
}
