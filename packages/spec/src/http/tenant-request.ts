/** The parts of a request that can select a tenant. `Request` of the Fetch API and the request of Node both fit. */
export interface TenantRequest {
  /** Absolute URL, or path with query. */
  readonly url: string;
  readonly headers: HeaderValues;
}

/** Headers of the Fetch API, or values by name, as in Node. */
export type HeaderValues =
  | { get(name: string): string | null }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** Facts about a request that are not part of it. */
export interface TenantRequestFacts {
  /**
   * Claims of the access token by name, for the strategy token. The caller must have verified the signature of the token.
   * Defaults to none.
   */
  readonly claims?: { readonly [claim: string]: unknown };
  /**
   * Whether the request came directly from a proxy that you trust. Only then is the configured forwarded header read.
   * The Fetch API has no address of the peer, so only the service can know this. Defaults to false.
   */
  readonly isFromTrustedProxy?: boolean;
}

const hasGetter = (headers: HeaderValues): headers is { get(name: string): string | null } =>
  typeof (headers as { get?: unknown }).get === 'function';

/** All values of a header, in order; several lines and lists are equivalent (RFC 9110, 5.3). Empty if it is absent. */
export function headerValues(headers: HeaderValues, name: string): string[] {
  const lines = hasGetter(headers)
    ? [headers.get(name)]
    : Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === name ? value : []));
  const present = lines.filter((line) => typeof line === 'string');
  return present.flatMap((line) => line.split(',')).map((value) => value.trim());
}
