import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BucketBackup, bucketBackupOptions } from './bucket-backup.js';
import { forwardToDatabase } from './database-front.js';
import { Databases } from './databases.js';
import type { FaultInput } from './faults.js';
import { type EmulatedExchange, type EmulatedPlatformToken, PlatformApi } from './platform-api.js';
import { SigningKey } from './signing-key.js';
import { startSqldServer } from './sqld-server.js';
import { State } from './state.js';

export type { BucketBackup } from './bucket-backup.js';
export type { Fault, FaultInput } from './faults.js';
export type { EmulatedExchange, EmulatedPlatformToken } from './platform-api.js';

export interface TursoEmulatorOptions {
  /** Directory of the databases. Absent: a temporary directory, which `stop` removes. */
  readonly dir?: string;
  /** Port on the loopback interface. Absent: a free one. */
  readonly port?: number;
  /** Slug of the organization. Absent: `emulator`. */
  readonly organizationSlug?: string;
  /** Tokens of the Platform API. Absent: one with all scopes, which is generated. */
  readonly platformTokens?: readonly EmulatedPlatformToken[];
  /** Location code of the group `default`. Absent: `aws-us-east-1`. */
  readonly location?: string;
  /**
   * Time after its creation from which a database answers, in milliseconds; until then it answers 404, as on Turso Cloud,
   * where it takes seconds. Absent: 0.
   */
  readonly servedAfterMs?: number;
  /**
   * Bucket to which the databases are copied continuously. Only with it, a database can be created with the state of an earlier
   * time (`seed.timestamp`). Absent: such a request is answered with 400.
   */
  readonly backup?: BucketBackup;
  /** Maximum number of databases in one page of a list. Absent: 100. */
  readonly pageSize?: number;
  /** Called with each request to the Platform API and its answer. */
  readonly onExchange?: (exchange: EmulatedExchange) => void;
}

export interface TursoEmulator {
  /** Base URL of the Platform API. */
  readonly url: string;
  readonly organizationSlug: string;
  /** The first of the tokens of the Platform API. */
  readonly platformToken: string;
  /** Adds a fault of the next requests to the Platform API. */
  addFault(fault: FaultInput): void;
  clearFaults(): void;
  /** Stops the servers. */
  stop(): Promise<void>;
}

function addDefaultGroup(state: State, location: string): void {
  if (state.groups.size > 0) return;
  state.groups.set('default', {
    name: 'default',
    uuid: randomUUID(),
    location,
    key: new SigningKey(),
    deleteProtection: false,
    archived: false,
  });
  state.save();
}

/** Starts a libSQL server and, in front of it, the Platform API of one organization with the group `default`. */
export async function startTursoEmulator(options: TursoEmulatorOptions = {}): Promise<TursoEmulator> {
  const { organizationSlug = 'emulator', servedAfterMs = 0, pageSize = 100 } = options;
  const tokens = options.platformTokens ?? [{ token: `emulator-${randomUUID()}` }];
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'turso-emulator-')));
  await mkdir(dir, { recursive: true });
  const state = new State(dir);
  addDefaultGroup(state, options.location ?? 'aws-us-east-1');
  const { backup } = options;
  const sqld = await startSqldServer(dir, backup && bucketBackupOptions(backup));
  const databases = new Databases(sqld, state, { servedAfterMs, isBackedUp: backup !== undefined });
  let authority = '';
  const hostnameOf = (name: string) => `${authority}/ns/${name}`;
  const { onExchange } = options;
  const api = new PlatformApi({
    organizationSlug,
    tokens,
    service: { databases, state, pageSize, hostnameOf },
    onExchange,
  });
  const front = createServer((request, response) => {
    if (request.url?.startsWith('/ns/'))
      forwardToDatabase({ server: sqld, databases, state }, request, response);
    else api.handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => front.listen(options.port ?? 0, '127.0.0.1', resolve));
  authority = `127.0.0.1:${(front.address() as AddressInfo).port}`;
  return {
    url: `http://${authority}`,
    organizationSlug,
    platformToken: tokens[0]?.token ?? '',
    addFault: (fault) => api.faults.add(fault),
    clearFaults: () => api.faults.clear(),
    async stop() {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      await sqld.stop();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}
