import type { TursoConfig } from '@objectstack/spec/data';
import { notSupported, ObjectStackError } from '@objectstack/spec/shared';
import type { Connection } from './connection.js';
import { filePathOf } from './file-path-of.js';
import { MemoryDatabase } from './memory-database.js';
import { pooledFile, pooledFileMadeAtFirst } from './pooled-file.js';
import { RemoteDatabase } from './remote/remote-database.js';
import type { AuthToken } from './remote/token-source.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function invalid(message: string): ObjectStackError {
  return new ObjectStackError({ code: 'configuration_invalid', message, details: { option: 'url' } });
}

/** URL of a remote database. `http:` would expose the token on the network, so it is limited to this machine. */
function remoteUrl(text: string): string {
  if (!URL.canParse(text)) throw invalid('The URL of the database is not valid.');
  const url = new URL(text);
  if (url.username || url.password)
    throw invalid('The URL of a database must not contain credentials. Pass the token separately.');
  if (url.search || url.hash)
    throw invalid('The URL of a database must end with its path, without a query string and a fragment.');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    throw invalid(
      'The URL of a database on another machine must not start with http:, because tokens would be sent unencrypted. Use https:.',
    );
  const scheme = url.protocol === 'http:' ? 'http:' : 'https:';
  return `${scheme}//${url.host}${url.pathname}`;
}

/** Settings of a connection that are not part of the driver's configuration. */
export interface ConnectionOptions {
  readonly authToken?: AuthToken | undefined;
  readonly expectedTenantId?: string | undefined;
  readonly refuseLinks?: boolean | undefined;
  /** Applies the limits that a local platform has set for a file. Absent: false. */
  readonly limited?: boolean | undefined;
  /** Creates a missing file at the first use. Absent: false. */
  readonly createMissing?: boolean | undefined;
}

/** Opens the connection for a URL. */
export function openConnection(config: TursoConfig, options: ConnectionOptions = {}): Connection {
  const {
    authToken,
    expectedTenantId,
    refuseLinks = false,
    limited = false,
    createMissing = false,
  } = options;
  const { url, busyTimeoutMs, durability, requestTimeoutMs, maxRetries, syncUrl } = config;
  if (syncUrl !== undefined) throw notSupported('embedded_replica');
  if (url === ':memory:') return new MemoryDatabase();
  if (url.startsWith('file:')) {
    const open = createMissing ? pooledFileMadeAtFirst : pooledFile;
    return open(filePathOf(url), { busyTimeoutMs, durability, expectedTenantId, refuseLinks, limited });
  }
  if (!/^(libsql|https?):/.test(url))
    throw invalid(
      'The URL of a database must be :memory: or start with file:, libsql:, https: or http:, for example file:./crm.db.',
    );
  return new RemoteDatabase({
    url: remoteUrl(url),
    authToken,
    timeoutMs: requestTimeoutMs,
    maxRetries,
    busyTimeoutMs,
  });
}
