import { normalizeHostname } from '../shared/normalize-hostname.js';
import type { TenantResolverConfig } from '../system/tenant-resolver.zod.js';
import { headerValues, type TenantRequest, type TenantRequestFacts } from './tenant-request.js';

const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/** The host parameters of a `Forwarded` header: one per proxy that added an element. */
function forwardedHosts(elements: readonly string[]): string[] {
  const parameters = elements.flatMap((element) => element.split(';'));
  return parameters.flatMap((parameter) => {
    const [name = '', ...value] = parameter.split('=');
    return name.trim().toLowerCase() === 'host' ? [unquoted(value.join('=').trim())] : [];
  });
}

const unquoted = (text: string) => (/^".*"$/.test(text) ? text.slice(1, -1) : text);

function reportedHosts(
  { headers }: TenantRequest,
  { forwardedHostHeader }: TenantResolverConfig,
  { isFromTrustedProxy }: TenantRequestFacts,
): string[] {
  if (forwardedHostHeader === undefined || isFromTrustedProxy !== true) return [];
  const values = headerValues(headers, forwardedHostHeader);
  return forwardedHostHeader === 'forwarded' ? forwardedHosts(values) : values;
}

/** HTTP/2 has a pseudo-header instead of `Host`; Node lists it with the headers, and the Fetch API puts it in the URL. */
const hostHeader = (headers: TenantRequest['headers']) =>
  'get' in headers && typeof headers.get === 'function'
    ? headerValues(headers, 'host')
    : [...headerValues(headers, 'host'), ...headerValues(headers, ':authority')];

function ownHosts({ url, headers }: TenantRequest): string[] {
  const hosts = hostHeader(headers);
  if (hosts.length > 0) return hosts;
  const [, authority] = AUTHORITY.exec(url) ?? [];
  return authority === undefined ? [] : [authority];
}

/**
 * The canonical host of a request: the one that a trusted proxy reports, otherwise the `Host` header, otherwise the host
 * of the URL. Empty if it is malformed or given several times with different values; undefined if the request has none.
 */
export function requestHost(
  request: TenantRequest,
  config: TenantResolverConfig,
  facts: TenantRequestFacts,
): string | undefined {
  const reported = reportedHosts(request, config, facts);
  const hosts = reported.length > 0 ? reported : ownHosts(request);
  const [host, ...others] = new Set(hosts.map((one) => normalizeHostname(one) ?? ''));
  return others.length > 0 ? '' : host;
}
