import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from './api-error.js';
import { type FaultInput, Faults } from './faults.js';
import { type Call, ROUTES, type Route, type Service } from './routes.js';

/** A request to the Platform API and its answer. */
export interface EmulatedExchange {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
}

/** A token of the Platform API. */
export interface EmulatedPlatformToken {
  readonly token: string;
  /** Scopes of a token that is restricted to a group. Absent: all. */
  readonly scopes?: readonly string[];
}

export interface PlatformApiOptions {
  readonly organizationSlug: string;
  readonly tokens: readonly EmulatedPlatformToken[];
  readonly service: Service;
  readonly onExchange: ((exchange: EmulatedExchange) => void) | undefined;
}

interface Received {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
  readonly token: string | undefined;
}

const FAULTS = '/_emulator/faults';

function matchRoute(route: Route, { method, url }: Received): Omit<Call, 'query' | 'body'> | null {
  const segments = url.pathname.split('/').slice(2).map(decodeURIComponent);
  const expected = route.path.split('/');
  if (route.method !== method || segments.length !== expected.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) values[part.slice(1, -1)] = segment;
    else if (part !== segment) return null;
  }
  const { org = '', name = '', other = '' } = values;
  return { organization: org, name, other };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    body = text;
  }
  const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return { method: request.method ?? '', url: new URL(request.url ?? '/', 'http://emulator'), body, token };
}

/** The Platform API of one organization. */
export class PlatformApi {
  readonly faults = new Faults();
  readonly #options: PlatformApiOptions;

  constructor(options: PlatformApiOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(request);
    const { method, url } = received;
    const fault = url.pathname === FAULTS ? undefined : this.faults.take(method, url.pathname);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'lost_request') return void response.destroy();
    if (fault?.kind === 'status') {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      return this.#send(received, response, {
        status: fault.status,
        body: { error: 'injected fault' },
        headers,
      });
    }
    const answer = await this.#answer(received);
    if (fault?.kind === 'latency') await delay(fault.latencyMs);
    if (fault?.kind === 'lost_answer') return void response.destroy();
    this.#send(received, response, answer);
  }

  async #answer(received: Received): Promise<{ status: number; body: unknown }> {
    try {
      return { status: 200, body: await this.#run(received) };
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, body: { error: error.message } };
      return { status: 500, body: { error: 'internal error of the emulator' } };
    }
  }

  async #run(received: Received): Promise<unknown> {
    const { organizationSlug, tokens, service } = this.#options;
    const token = tokens.find((one) => one.token === received.token);
    if (!token) throw new ApiError(401, 'token is invalid or has expired');
    if (received.url.pathname === FAULTS) return this.#addFault(received);
    for (const route of ROUTES) {
      const matched = matchRoute(route, received);
      if (!matched) continue;
      if (route.path.includes('{org}') && matched.organization !== organizationSlug)
        throw new ApiError(404, 'could not find organization');
      if (token.scopes && !token.scopes.includes(route.scope))
        throw new ApiError(403, `token lacks the scope ${route.scope}`);
      return route.run(service, { ...matched, query: received.url.searchParams, body: received.body });
    }
    throw new ApiError(404, 'endpoint not found');
  }

  #addFault({ method, body }: Received): object {
    if (method === 'DELETE') this.faults.clear();
    else this.faults.add(body as FaultInput);
    return {};
  }

  #send(
    { method, url, body: requestBody }: Received,
    response: ServerResponse,
    { status, body, headers = {} }: { status: number; body: unknown; headers?: Record<string, string> },
  ): void {
    const query = Object.fromEntries(url.searchParams);
    this.#options.onExchange?.({
      method,
      path: url.pathname,
      query,
      requestBody,
      status,
      responseBody: body,
    });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }
}
