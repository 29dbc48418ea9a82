import { createTursoDriver, TursoPlatformClient } from '@objectstack/driver-turso';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { afterAll, beforeAll } from 'vitest';
import {
  type EmulatedExchange,
  startTursoEmulator,
  type TursoEmulator,
  type TursoEmulatorOptions,
} from '../src/index.js';

export interface SharedEmulator {
  readonly emulator: TursoEmulator;
  readonly exchanges: readonly EmulatedExchange[];
  readonly client: TursoPlatformClient;
}

/** An emulator for the tests of a file, which records all exchanges. */
export function sharedEmulator(
  options: TursoEmulatorOptions | (() => Promise<TursoEmulatorOptions>) = {},
): () => SharedEmulator {
  let shared: SharedEmulator | undefined;
  beforeAll(async () => {
    const exchanges: EmulatedExchange[] = [];
    const given = typeof options === 'function' ? await options() : options;
    const emulator = await startTursoEmulator({ ...given, onExchange: (one) => exchanges.push(one) });
    const { url: apiUrl, organizationSlug, platformToken } = emulator;
    const client = new TursoPlatformClient({ apiUrl, organizationSlug, platformToken, group: 'default' });
    shared = { emulator, exchanges, client };
  });
  afterAll(() => shared?.emulator.stop());
  return () => {
    if (!shared) throw new Error('The emulator has not started.');
    return shared;
  };
}

export function driverOf(url: string, token: string | undefined): IDataDriver {
  return createTursoDriver({ url, maxRetries: 0 }, token === undefined ? {} : { authToken: token });
}

export interface ApiCall {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
}

/** Sends a request to the Platform API of the emulator; the path is below the organization if it is relative. */
export async function call({ emulator }: SharedEmulator, path: string, request: ApiCall = {}) {
  const { method = 'GET', token = emulator.platformToken, body } = request;
  const full = path.startsWith('/') ? path : `/v1/organizations/${emulator.organizationSlug}/${path}`;
  const response = await fetch(emulator.url + full, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** What the conformance suite tests of the emulator. */
export const EMULATOR_SUPPORTS = {
  tokens: true,
  access: true,
  seed: true,
  sizeLimit: true,
  groups: true,
  retention: false,
  pointInTimeGapMs: 15_000,
} as const;
