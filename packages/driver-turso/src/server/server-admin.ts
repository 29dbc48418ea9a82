import type { ServerDatabase } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import * as z from 'zod';
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
    seedName: string | undefined,
    signal?: AbortSignal,
  ): Promise<'created' | 'exists' | 'seed_missing'> {
    const answer =
      seedName === undefined
        ? await this.#send('POST', [database.name, 'create'], { body: configurationOf(database), signal })
        : await this.#send('POST', [seedName, 'fork', database.name], { body: {}, signal });
    if (answer.status === 200) return 'created';
    if (isTaken(answer)) return 'exists';
    if (answer.status === 404 && seedName !== undefined) return 'seed_missing';
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
    if (!parsed.success) throw refusedAnswer(answer.status, 'the answer is not of a libSQL server');
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
    more: Pick<ApiRequest, 'body' | 'signal'> = {},
  ): Promise<ApiAnswer> {
    return this.#api.send({ method, path: ['v1', 'namespaces', ...path], ...more });
  }
}
