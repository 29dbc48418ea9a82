import type { CreateDatabaseRequest, ServerDatabase } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';
import { RESTORE_TIMEOUT_MS } from '../platform/assert-point-in-time.js';
import {
  type ApiAnswer,
  type ApiRequest,
  type ApiToken,
  RetryingApiClient,
  refusedAnswer,
} from '../platform/retrying-api-client.js';

const ConfigurationSchema = z.looseObject({ jwt_key: z.string().nullish() });
const StatisticsSchema = z.looseObject({
  rows_read_count: z.int().min(0),
  rows_written_count: z.int().min(0),
  storage_bytes_used: z.int().min(0),
});
export type ServerStatistics = z.infer<typeof StatisticsSchema>;

export interface ServerAdminSettings {
  readonly adminUrl: string;
  readonly adminToken?: ApiToken | undefined;
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly maxRetries: number;
}

const NOT_BACKED_UP = /backup service not configured/i;

/**
 * The server records the second in which writes were copied, and takes a timestamp with a time zone for none, which means
 * the latest state. The second before that of the timestamp has ended, so that it contains no later write.
 */
function forkOf({ timestamp }: NonNullable<CreateDatabaseRequest['seed']>): object {
  if (timestamp === undefined) return {};
  const ended = new Date(Math.floor(Date.parse(timestamp) / 1_000 - 1) * 1_000);
  return { timestamp: ended.toISOString().slice(0, 19) };
}

function notBackedUp(): ObjectStackError {
  return new ObjectStackError({
    code: 'configuration_invalid',
    message:
      'The libSQL server does not back up its databases, so it cannot restore them to a point in time. Start it with --enable-bottomless-replication, or omit backupIntervalSeconds.',
    details: { settings: ['backupIntervalSeconds'] },
  });
}

const isTaken = ({ status, error }: ApiAnswer) => status === 400 && /already exists/i.test(error);

function refusal({ status, error }: ApiAnswer): ObjectStackError {
  if (status !== 401 && status !== 403) return refusedAnswer(status, error);
  return new ObjectStackError({
    code: 'unauthorized',
    message: 'The libSQL server refused the administrative token. Check adminToken of the server.',
    details: { status },
  });
}

/** Configuration of a namespace. It is always sent as a whole, because the server replaces all of it. */
function configurationOf(database: ServerDatabase): object {
  const { publicKey, blockReads, blockWrites, sizeLimitBytes } = database;
  return {
    jwt_key: publicKey,
    block_reads: blockReads,
    block_writes: blockWrites,
    ...((blockReads || blockWrites) && { block_reason: 'blocked by setDatabaseAccess' }),
    ...(sizeLimitBytes !== null && { max_db_size: String(sizeLimitBytes) }),
    durability_mode: 'strong',
    allow_attach: false,
  };
}

/** The administrative API of one libSQL server: its namespaces. */
export class ServerAdmin {
  readonly #api: RetryingApiClient;

  constructor({ adminUrl, adminToken, ...times }: ServerAdminSettings) {
    this.#api = new RetryingApiClient({
      baseUrl: new URL(adminUrl),
      token: adminToken,
      scheme: 'Basic',
      ...times,
    });
  }

  /** Creates the namespace: empty, or a copy of another one, which first has the key of the other. */
  async create(
    database: ServerDatabase,
    seed: CreateDatabaseRequest['seed'],
    signal?: AbortSignal,
  ): Promise<'created' | 'exists' | 'seed_missing'> {
    const answer = seed
      ? await this.#send('POST', [seed.name, 'fork', database.name], {
          body: forkOf(seed),
          lasting: NOT_BACKED_UP,
          timeoutMs: seed.timestamp === undefined ? undefined : RESTORE_TIMEOUT_MS,
          signal,
        })
      : await this.#send('POST', [database.name, 'create'], { body: configurationOf(database), signal });
    if (answer.status === 200) return 'created';
    if (isTaken(answer)) return 'exists';
    if (answer.status === 404 && seed) return 'seed_missing';
    if (NOT_BACKED_UP.test(answer.error)) throw notBackedUp();
    throw refusal(answer);
  }

  /** Sets key, blocks and size limit. Returns false if the namespace does not exist. */
  async configure(database: ServerDatabase, signal?: AbortSignal): Promise<boolean> {
    const body = configurationOf(database);
    return this.#exists(await this.#send('POST', [database.name, 'config'], { body, signal }));
  }

  /** Deletes the namespace, if it exists. */
  async delete(name: string, signal?: AbortSignal): Promise<void> {
    this.#exists(await this.#send('DELETE', [name], { body: {}, signal }));
  }

  /** Public key of a namespace: null if it has none, undefined if the namespace does not exist. */
  async publicKeyOf(name: string): Promise<string | null | undefined> {
    const answer = await this.#send('GET', [name, 'config']);
    if (!this.#exists(answer)) return undefined;
    return ConfigurationSchema.parse(answer.body).jwt_key ?? null;
  }

  /** Counters of a namespace, or null if it does not exist. */
  async statisticsOf(name: string): Promise<ServerStatistics | null> {
    const answer = await this.#send('GET', [name, 'stats']);
    if (!this.#exists(answer)) return null;
    const parsed = StatisticsSchema.safeParse(answer.body);
    if (!parsed.success) throw refusedAnswer(answer.status, 'the response is not that of a libSQL server');
    return parsed.data;
  }

  #exists(answer: ApiAnswer): boolean {
    if (answer.status === 200) return true;
    // Other 404s are of a proxy, or of an address that is not the administrative one.
    if (answer.status === 404 && /doesn't exist|does not exist|not found/i.test(answer.error)) return false;
    throw refusal(answer);
  }

  #send(
    method: ApiRequest['method'],
    path: readonly string[],
    more: Pick<ApiRequest, 'body' | 'lasting' | 'timeoutMs' | 'signal'> = {},
  ): Promise<ApiAnswer> {
    return this.#api.send({ method, path: ['v1', 'namespaces', ...path], ...more });
  }
}
