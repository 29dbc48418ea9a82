import { randomUUID } from 'node:crypto';
import type { CreateDatabaseRequest, ServerDatabase, TursoDatabaseInfo } from '@objectstack/spec/contracts';
import { pause } from '../connection/pause.js';
import { databaseExists, databaseNotFound, type ServerContext } from './server-context.js';
import type { ServerDatabases } from './server-databases.js';
import { chooseServer, serverById } from './server-list.js';

/** Time after which a creation that did not end was interrupted, so that a repeated call may continue it. */
export const CREATION_LEASE_MS = 60_000;
const POLL_MS = 200;
const RELEASED_AT = new Date(0).toISOString();

/** Whether the lease of a creation has ended, also if the clock of its process is fast. */
const hasEnded = ({ updatedAt }: ServerDatabase, since: number): boolean =>
  Date.now() - Date.parse(updatedAt) > CREATION_LEASE_MS || performance.now() - since > CREATION_LEASE_MS;

/** Creates databases so that a process may be killed at any point: the record is written first, and continued from. */
export class ServerCreation {
  readonly #context: ServerContext;
  readonly #records: ServerDatabases;

  constructor(context: ServerContext, records: ServerDatabases) {
    this.#context = context;
    this.#records = records;
  }

  async create(request: CreateDatabaseRequest, signal: AbortSignal | undefined): Promise<TursoDatabaseInfo> {
    const { record, keys } = await this.#reserve(request, signal);
    try {
      return await this.#createReserved(record, { seed: request.seed, keys, signal });
    } catch (error) {
      await this.#releaseCreation(record);
      throw error;
    }
  }

  async #createReserved(
    record: ServerDatabase,
    {
      seed,
      keys,
      signal,
    }: {
      seed: CreateDatabaseRequest['seed'];
      keys: readonly string[];
      signal?: AbortSignal | undefined;
    },
  ): Promise<TursoDatabaseInfo> {
    const { name, revision } = record;
    const admin = await this.#context.adminOf(record);
    const outcome = await admin.create(record, seed, signal);
    if (outcome === 'seed_missing') {
      await this.#context.store.remove(name, revision);
      throw databaseNotFound(seed?.name ?? '');
    }
    if (outcome === 'exists' && !keys.includes((await admin.publicKeyOf(name)) ?? '')) {
      if (revision === 0) await this.#context.store.remove(name, revision);
      throw databaseExists(name);
    }
    const finished = await this.#records.apply(name, signal);
    if (finished) return this.#context.infoOf(finished);
    if (!(await this.#context.store.get(name))) await admin.delete(name);
    throw databaseNotFound(name);
  }

  /**
   * Records a new database before it is created, or takes over a creation that was interrupted. Returns also the public
   * keys that the namespace can have if it was created for this record: a copy first has that of its original.
   */
  async #reserve(
    request: CreateDatabaseRequest,
    signal: AbortSignal | undefined,
  ): Promise<{ record: ServerDatabase; keys: string[] }> {
    const { store } = this.#context;
    const { name, seed, region, placement, sizeLimitBytes } = request;
    const template = seed && (await store.get(seed.name));
    if (seed && template?.status !== 'ready') throw databaseNotFound(seed.name);
    const servers = await this.#context.servers();
    const server = template
      ? serverById(servers, template.serverId)
      : chooseServer(servers, await store.countByServer(), { region, placement });
    const record: ServerDatabase = {
      name,
      dbId: randomUUID(),
      serverId: server.id,
      status: 'creating',
      ...(await this.#context.newKey(name)),
      blockReads: false,
      blockWrites: false,
      sizeLimitBytes: sizeLimitBytes ?? null,
      isApplied: false,
      updatedAt: new Date().toISOString(),
      revision: 0,
    };
    const own = (await store.add(record)) ? record : await this.#takeOver(record, signal);
    return { record: own, keys: [own.publicKey, ...(template ? [template.publicKey] : [])] };
  }

  /**
   * Continues a creation that failed, or whose process was killed. One that another process may still run is waited for: a
   * database that neither exists nor can be created would seem to be lost.
   */
  async #takeOver(record: ServerDatabase, signal: AbortSignal | undefined): Promise<ServerDatabase> {
    const { store } = this.#context;
    const { name } = record;
    const since = performance.now();
    for (;;) {
      const found = await store.get(name);
      if (!found && (await store.add(record))) return record;
      if (found && found.status !== 'creating') throw databaseExists(name);
      if (found && hasEnded(found, since)) {
        const taken = { ...found, updatedAt: new Date().toISOString(), revision: found.revision + 1 };
        if (await store.replace(taken, found.revision)) return taken;
      }
      await pause(POLL_MS, signal);
    }
  }

  /** After a failure, a repeated call may continue immediately. If this fails too, it may after the lease. */
  async #releaseCreation({ name, revision, ...record }: ServerDatabase): Promise<void> {
    const released = { ...record, name, updatedAt: RELEASED_AT, revision: revision + 1 };
    await this.#context.store.replace(released, revision).catch(() => false);
  }
}
