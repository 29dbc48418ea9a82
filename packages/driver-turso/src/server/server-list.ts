import { ObjectStackError, type TenantRegion } from '@objectstack/spec/shared';
import type { ApiToken } from '../platform/retrying-api-client.js';

/** A libSQL server with namespaces. */
export interface LibsqlServerEntry {
  /** Identifier of the server, which is recorded for each of its databases. Must never change. */
  readonly id: string;
  /**
   * URL of a database, with `{database}` in place of its name, for example `https://{database}.eu.example.com`. The server
   * derives the namespace from the first label of the host name.
   */
  readonly url: string;
  /** URL of the administrative API. It must not be reachable by tenants. */
  readonly adminUrl: string;
  /** Token of the administrative API (`--admin-auth-key` of the server), or a function that returns it. */
  readonly adminToken?: ApiToken;
  /** Region of the server. Absent: databases of any region. */
  readonly region?: TenantRegion;
  /** Whether new databases are created on the server. Absent: true. */
  readonly acceptsDatabases?: boolean;
}

/** The servers, or a function that returns them for each call, so that one can be added while the process runs. */
export type LibsqlServerList =
  | readonly LibsqlServerEntry[]
  | (() => readonly LibsqlServerEntry[] | Promise<readonly LibsqlServerEntry[]>);

const invalid = (message: string) =>
  new ObjectStackError({ code: 'configuration_invalid', message, details: { settings: ['servers'] } });

const PLACEHOLDER = '{database}';

/** Throws `configuration_incomplete` or `configuration_invalid`, whose details name the setting. */
export function assertServers(servers: readonly LibsqlServerEntry[]): void {
  const missing = servers.flatMap((server, index) =>
    (['id', 'url', 'adminUrl'] as const).flatMap((key) =>
      server?.[key] ? [] : [`servers[${index}].${key}`],
    ),
  );
  if (servers.length === 0) missing.push('servers');
  if (missing.length > 0)
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: `The configuration of the libSQL servers lacks: ${missing.join(', ')}.`,
      details: { missing },
    });
  if (new Set(servers.map(({ id }) => id)).size < servers.length)
    throw invalid('Two libSQL servers have the same id. Give each server its own id.');
  for (const { id, url, adminUrl } of servers) {
    if (!url.includes(PLACEHOLDER) || !URL.canParse(url.replaceAll(PLACEHOLDER, 'x')))
      throw invalid(`The url of the server ${id} must be a URL that contains {database}.`);
    if (!URL.canParse(adminUrl)) throw invalid(`The adminUrl of the server ${id} must be a URL.`);
  }
}

export const urlOnServer = ({ url }: LibsqlServerEntry, name: string) => url.replaceAll(PLACEHOLDER, name);

export function serverById(servers: readonly LibsqlServerEntry[], id: string): LibsqlServerEntry {
  const server = servers.find((one) => one.id === id);
  if (server) return server;
  throw invalid(
    `The server ${id} is not configured, although databases are stored on it. Add it to servers.`,
  );
}

/** The servers of the region that accept new databases, the one with the fewest first. */
export function fittingServers(
  servers: readonly LibsqlServerEntry[],
  counts: Readonly<Record<string, number>>,
  region: TenantRegion | undefined,
): readonly LibsqlServerEntry[] {
  const countOf = ({ id }: LibsqlServerEntry) => counts[id] ?? 0;
  return servers
    .filter(
      (server) =>
        server.acceptsDatabases !== false &&
        (region === undefined || server.region === undefined || server.region === region),
    )
    .sort((one, other) => countOf(one) - countOf(other));
}

/** The server with the fewest databases among those of the region that accept new ones, or the given one of them. */
export function chooseServer(
  servers: readonly LibsqlServerEntry[],
  counts: Readonly<Record<string, number>>,
  { region, placement }: { region?: TenantRegion | undefined; placement?: string | undefined },
): LibsqlServerEntry {
  const fitting = fittingServers(servers, counts, region);
  const chosen = placement === undefined ? fitting[0] : fitting.find(({ id }) => id === placement);
  if (chosen) return chosen;
  const which =
    placement === undefined ? 'No server' : `The server ${placement} is not configured, or not one that`;
  throw invalid(`${which} accepts new databases${region ? ` in the region ${region}` : ''}.`);
}
